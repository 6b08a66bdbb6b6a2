/// The white space that a program puts between the tokens of JSON.
struct JSONLayout: Hashable, Sendable {
  /// How arrays are laid out where objects are indented.
  enum Arrays: Sendable {
    /// As objects are: one item a line.
    case indented
    /// On one line, with this inside the brackets; they do not count as a level.
    case inline(padding: StaticString)
  }

  let name: String
  /// What stands between items on a line.
  let comma: StaticString
  let colon: StaticString
  /// One level's indentation; nil for a text on one line.
  let indentation: StaticString?
  let lineBreak: StaticString
  /// What stands inside the brackets of a text on one line.
  let padding: StaticString
  /// What stands inside the brackets of what is empty.
  let empty: StaticString
  let arrays: Arrays

  private init(
    _ name: String, comma: StaticString = ",", colon: StaticString, indentation: StaticString? = nil,
    lineBreak: StaticString = "\n", padding: StaticString = "", empty: StaticString = "", arrays: Arrays = .indented
  ) {
    self.name = name
    self.comma = comma
    self.colon = colon
    self.indentation = indentation
    self.lineBreak = lineBreak
    self.padding = padding
    self.empty = empty
    self.arrays = arrays
  }

  /// `JSON.stringify` and most others.
  static let minified = JSONLayout("minified", colon: ":")
  /// Python's `json.dumps`.
  static let spaced = JSONLayout("with Python's \", \" and \": \"", comma: ", ", colon: ": ")
  static let twoSpaces = JSONLayout("indented by 2 spaces", colon: ": ", indentation: "  ")
  static let fourSpaces = JSONLayout("indented by 4 spaces", colon: ": ", indentation: "    ")
  static let tabs = JSONLayout("indented by tabs", colon: ": ", indentation: "\t")
  /// Foundation's `prettyPrinted`.
  static let foundation = JSONLayout(
    "indented by 2 spaces with \" : \"", colon: " : ", indentation: "  ")
  static let threeSpaces = JSONLayout("indented by 3 spaces", colon: ": ", indentation: "   ")
  /// Jackson's, and so Spring's.
  static let jackson = JSONLayout(
    "indented as Jackson does", comma: ", ", colon: " : ", indentation: "  ", empty: " ", arrays: .inline(padding: " "))
  /// What .NET writes on Windows.
  static let twoSpacesCRLF = JSONLayout(
    "indented by 2 spaces with CRLF line endings", colon: ": ", indentation: "  ", lineBreak: "\r\n")

  /// The likeliest first. A layout that is missing is one line more here.
  static let all = [
    minified, twoSpaces, spaced, fourSpaces, tabs, foundation, threeSpaces, jackson, twoSpacesCRLF,
    JSONLayout("indented by 4 spaces with CRLF line endings", colon: ": ", indentation: "    ", lineBreak: "\r\n"),
    JSONLayout("with \", \" and \":\"", comma: ", ", colon: ":"),
    JSONLayout("with \",\" and \": \"", colon: ": "),
    JSONLayout("with \", \" and \" : \"", comma: ", ", colon: " : "),
    JSONLayout("with spaces inside brackets", comma: ", ", colon: ": ", padding: " "),
    JSONLayout("with spaces inside brackets and \" : \"", comma: ", ", colon: " : ", padding: " "),
    JSONLayout("indented by 3 spaces with \" : \"", colon: " : ", indentation: "   "),
    JSONLayout("indented by one space", colon: ": ", indentation: " "),
    JSONLayout("indented by 8 spaces", colon: ": ", indentation: "        "),
    JSONLayout("with line breaks and no indentation", colon: ": ", indentation: ""),
    JSONLayout("with line breaks and no spaces", colon: ":", indentation: ""),
    JSONLayout("indented by 2 spaces with \":\"", colon: ":", indentation: "  "),
    JSONLayout("indented by 4 spaces with \":\"", colon: ":", indentation: "    "),
    JSONLayout(
      "indented by 2 spaces, arrays on one line", comma: ", ", colon: ": ", indentation: "  ",
      arrays: .inline(padding: "")),
    JSONLayout(
      "indented by 4 spaces, arrays on one line", comma: ", ", colon: ": ", indentation: "    ",
      arrays: .inline(padding: "")),
  ]

  /// Whether its length follows from the shape alone.
  var isRegular: Bool {
    guard case .indented = arrays else { return false }
    return padding.utf8CodeUnitCount + empty.utf8CodeUnitCount == 0
  }

  /// What of a layout a text shows: two layouts that agree in it give the same text.
  struct Effect: Hashable {
    var parts: [String] = []
  }

  func effect(on shape: JSONTokens.Shape) -> Effect {
    let isIndented = indentation != nil && shape.breaks > 0
    var inlinePadding: StaticString = ""
    var isInline = false
    if case .inline(let padding) = arrays, indentation != nil, shape.arrays > 0 {
      (isInline, inlinePadding) = (true, padding)
    }
    let onLine = !isIndented || isInline
    return Effect(parts: [
      onLine && shape.commas > 0 ? "\(comma)" : "", shape.colons > 0 ? "\(colon)" : "",
      isIndented ? "\(indentation ?? "")|" : "", isIndented ? "\(lineBreak)" : "",
      !isIndented && shape.breaks > 0 ? "\(padding)" : "", shape.empties > 0 ? "\(empty)" : "",
      isInline ? "inline\(inlinePadding)" : "",
    ])
  }

  static func == (left: JSONLayout, right: JSONLayout) -> Bool { left.name == right.name }
  func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
