/// The commands that a session knows, by name.
public struct CommandRegistry: Sendable {
  public let commands: [Command]
  public private(set) var vocabulary: Vocabulary
  private let indices: [String: Int]
  private let groups: Set<String>

  /// - Parameter commands: in the order of the overview. A later command replaces an earlier one of the same name.
  public init(_ commands: [Command], vocabulary: Vocabulary = Vocabulary()) {
    self.commands = commands
    self.vocabulary = vocabulary
    var indices: [String: Int] = [:]
    var groups: Set<String> = []
    for (index, command) in commands.enumerated() {
      indices[command.name] = index
      if let space = command.name.firstIndex(of: " ") { groups.insert(String(command.name[..<space])) }
    }
    self.indices = indices
    self.groups = groups
  }

  /// The codes of all errors and warnings.
  public var errorCodes: [Failure.Code] { Failure.Code.language + vocabulary.errorCodes }

  /// The same with more pages of help; one that has the name of another goes before that.
  public func adding(topics: [HelpTopic]) -> CommandRegistry {
    var registry = self
    registry.vocabulary.topics += topics
    return registry
  }

  public subscript(name: String) -> Command? { indices[name].map { commands[$0] } }

  /// Whether some command's name starts with this word and a space.
  public func isGroup(_ word: String) -> Bool { groups.contains(word) }

  /// The kinds of records that the commands yield.
  var itemKinds: [ItemKind] {
    var kinds: [ItemKind] = []
    for case let kind? in commands.map({ $0.itemKind }) where !kinds.contains(kind) { kinds.append(kind) }
    return kinds
  }

  public func members(of group: String) -> [Command] {
    commands.filter { $0.name.hasPrefix(group + " ") }
  }
}
