/// The white space that a program puts between the tokens of JSON.
struct JSONLayout: Hashable {
  /// What stands between items on a line.
  let comma: StaticString
  let colon: StaticString
  /// One level's indentation; nil for a text on one line.
  let indentation: StaticString?
  let name: String

  private init(_ name: String, comma: StaticString = ",", colon: StaticString, indentation: StaticString? = nil) {
    self.name = name
    self.comma = comma
    self.colon = colon
    self.indentation = indentation
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

  /// The likeliest first.
  static let all = [minified, twoSpaces, spaced, fourSpaces, tabs, foundation]

  static func == (left: JSONLayout, right: JSONLayout) -> Bool { left.name == right.name }
  func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
