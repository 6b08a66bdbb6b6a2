/// The white space that a program puts between the tokens of JSON.
final class JSONLayout: Sendable {
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
    fileprivate var (comma, colon, indentation, lineBreak): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    fileprivate var (padding, empty, inlinePadding): (UInt64, UInt64, UInt64) = (0, 0, 0)
    fileprivate var (isIndented, isInline) = (false, false)
  }

  func effect(on shape: JSONTokens.Shape) -> Effect {
    var effect = Effect()
    effect.isIndented = indentation != nil && shape.breaks > 0
    if case .inline(let padding) = arrays, indentation != nil, shape.arrays > 0 {
      effect.isInline = true
      effect.inlinePadding = Self.number(padding)
    }
    if shape.commas > 0, !effect.isIndented || effect.isInline { effect.comma = Self.number(comma) }
    if shape.colons > 0 { effect.colon = Self.number(colon) }
    if shape.empties > 0 { effect.empty = Self.number(empty) }
    if effect.isIndented {
      effect.indentation = Self.number(indentation ?? "")
      effect.lineBreak = Self.number(lineBreak)
    } else if shape.breaks > 0 {
      effect.padding = Self.number(padding)
    }
    return effect
  }

  /// The bytes of a text as one number, which is compared in no time; no part of a layout is longer than eight.
  private static func number(_ text: StaticString) -> UInt64 {
    text.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt64($1) } }
  }
}

extension JSONLayout: Hashable {
  static func == (left: JSONLayout, right: JSONLayout) -> Bool { left === right }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
