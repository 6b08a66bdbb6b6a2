import Basics

/// What to put in the place of a match: text in which `$1`, `${1}`, `$name` and `${name}` stand for what a group matched
/// and `$$` for a dollar sign.
struct Replacement {
  private enum Part {
    case text([UInt8])
    case group(Int)
  }

  private var parts: [Part] = []

  /// - Parameter groups: the names of the pattern's groups by number.
  /// - Throws: a failure with code `bad-argument` when a group does not exist or a `$` stands for nothing.
  init(_ text: String, groups: [String?]) throws(Failure) {
    var rest = text.utf8[...]
    while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
      parts.append(.text(Array(rest[..<dollar])))
      rest = rest[dollar...].dropFirst()
      if rest.first == UInt8(ascii: "$") {
        parts.append(.text([UInt8(ascii: "$")]))
        rest = rest.dropFirst()
        continue
      }
      let isBraced = rest.first == UInt8(ascii: "{")
      if isBraced { rest = rest.dropFirst() }
      // `$1st` is group 1 and `st`: names begin with a letter.
      let isNumber = rest.first.map { isDigit($0) } ?? false
      let name = rest.prefix { isNumber ? isDigit($0) : $0 < 0x80 && isWordByte($0) }
      rest = rest[name.endIndex...]
      if isBraced, rest.first != UInt8(ascii: "}") { throw Self.loneDollar }
      if isBraced { rest = rest.dropFirst() }
      parts.append(.group(try Self.group(String(Substring(name)), groups)))
    }
    parts.append(.text(Array(rest)))
  }

  /// The text for one match in a text's bytes. A group that took no part gives nothing.
  func text(for match: PatternMatch, in bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for part in parts {
      switch part {
      case .text(let part): text += part
      case .group(let number): if let range = match.groups[number] { text += bytes[range] }
      }
    }
    return text
  }

  private static func group(_ name: String, _ groups: [String?]) throws(Failure) -> Int {
    guard let first = name.utf8.first else { throw loneDollar }
    if !isDigit(first), let number = groups.firstIndex(of: name) { return number }
    if isDigit(first), let number = Int(name), groups.indices.contains(number) { return number }
    let near = Suggestion.nearest(to: name, among: groups.compactMap { $0 })
    throw Failure(
      .badArgument, "NEW: the pattern has no group \(name)",
      help: near.map { "did you mean $\($0)?" } ?? "a $ itself is written $$")
  }

  private static var loneDollar: Failure {
    Failure(.badArgument, "NEW: a $ is followed by a group's number or name", help: "a $ itself is written $$")
  }
}
