public import Interpreter

/// The words that stand for the beginning of a line. A person types them; a script is read as it stands.
public struct AliasTable: Sendable {
  /// By name.
  public private(set) var words: [String: String] = [:]

  /// More are not kept.
  static let most = 1000
  /// What one may stand for, in bytes.
  static let longest = 4096

  public init() {}

  subscript(name: String) -> String? {
    get { words[name] }
    set { words[name] = newValue }
  }

  var names: [String] { words.keys.sorted() }

  /// A line as it is read: its first word, where that is an alias, gives way to what it stands for, and so on. None is
  /// taken twice, so that one which names itself means the command of its name.
  public func expanded(_ line: String) -> String {
    var (start, rest) = Self.parts(of: line)
    var taken: Set<String> = []
    while true {
      let name = Self.firstWord(of: rest)
      guard let meaning = words[name], taken.insert(name).inserted else { return start + rest }
      rest = meaning + rest.dropFirst(name.count)
      // What it stands for may itself begin with white space.
      let parts = Self.parts(of: rest)
      (start, rest) = (start + parts.start, parts.rest)
    }
  }

  /// Where the alias stands that a line begins with, in UTF-8 bytes; nil where none does.
  public func place(in line: String) -> Range<Int>? {
    let (start, rest) = Self.parts(of: line)
    let name = Self.firstWord(of: rest)
    return words[name] == nil ? nil : start.utf8.count..<start.utf8.count + name.utf8.count
  }

  /// White space at the start of a line, and what follows.
  private static func parts(of line: String) -> (start: String, rest: String) {
    let start = line.prefix { $0.isWhitespace }
    return (String(start), String(line[start.endIndex...]))
  }

  private static func firstWord(of text: String) -> String {
    let word = text.prefix { isNamePart($0) }
    let behind = text[word.endIndex...].first
    // `ll.x` and `ll=…` are other words.
    guard let behind else { return String(word) }
    return behind.isWhitespace || behind == "|" || behind == ";" ? String(word) : ""
  }

  static func isName(_ text: String) -> Bool {
    text.utf8.count <= 64 && text.first?.isLetter == true && text.allSatisfy(isNamePart)
  }

  private static func isNamePart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "-" || character == "_"
  }
}

/// The session's own table, which the commands change.
public final class Aliases {
  public var table = AliasTable()

  public init() {}
}

extension Aliases: HelpSource {
  public var helpEntries: [HelpEntry] {
    table.names.map { HelpEntry(name: $0, summary: "an alias for \(table[$0] ?? "")") }
  }
}

/// Where a session keeps it; in a script there is none.
public enum AliasesKey: SessionKey {
  public typealias Value = Aliases
}
