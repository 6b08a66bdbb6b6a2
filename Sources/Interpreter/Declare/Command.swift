/// A command: one declaration that parsing, `help`, completion, the reference and the example tests read.
public struct Command: Sendable {
  /// What a command does with the items piped to it.
  public enum Input: Sendable, Hashable {
    /// It starts a pipeline; piping into it is an error.
    case none
    /// It takes items from the pipe or works without.
    case optional
    /// It makes no sense without.
    case required
  }

  /// What a command yields, decided by the command and never by how many items came.
  public enum Result: Sendable, Hashable {
    case nothing
    case value
    case stream
    /// One value for one value, a stream for a stream.
    case asInput
  }

  public struct Example: Sendable {
    public let script: String
    public let explanation: String

    public init(_ script: String, _ explanation: String) {
      self.script = script
      self.explanation = explanation
    }
  }

  /// One word, or a group's name and a word: `first`, `events list`.
  public let name: String
  /// The shelf it stands on in the overview, such as `Streams`.
  public let topic: Topic
  /// One line without a full stop.
  public let summary: String
  /// More paragraphs for `help COMMAND`, if there is more to say.
  public let discussion: String
  public let input: Input
  public let result: Result
  public let parameters: [ParameterDeclaration]
  public let examples: [Example]
  /// What the items it yields are, for completion and tables: `event`, `endpoint`.
  public let itemKind: ItemKind?
  let body: @Sendable (Call) async throws(Interruption) -> Output

  public init(
    _ name: String, topic: Topic, _ summary: String, discussion: String = "", input: Input, result: Result,
    itemKind: ItemKind? = nil, parameters: [any AnyParameter] = [], examples: [Example],
    body: @escaping @Sendable (Call) async throws(Interruption) -> Output
  ) {
    self.name = name
    self.topic = topic
    self.summary = summary
    self.discussion = discussion
    self.input = input
    self.result = result
    self.itemKind = itemKind
    self.parameters = parameters.map { $0.declaration }
    self.examples = examples
    self.body = body
  }

  func parameter(flag name: String) -> Int? {
    parameters.firstIndex { $0.isFlagLike && $0.name == name }
  }
}

/// A shelf of commands in the overview.
public struct Topic: Sendable, Hashable {
  public let title: String

  public init(_ title: String) { self.title = title }

  public static let streams = Topic("Streams")
  public static let data = Topic("Data")
  public static let shell = Topic("Shell")
}

/// What a kind of record is called and which of its fields a table shows first.
public struct ItemKind: Sendable, Hashable {
  public let name: String
  public let columns: [String]

  public init(_ name: String, columns: [String]) {
    self.name = name
    self.columns = columns
  }

  /// Records of which nothing is known but what was added to them. A table shows that behind what it shows of the kind
  /// that they turn out to be.
  static let unnamed = ItemKind("", columns: [])

  /// The kind with more fields for a table to show, behind the first one: further back there may be no room for them.
  func adding(_ fields: [String]) -> ItemKind {
    ItemKind(name, columns: columns.prefix(1) + fields.filter { !columns.contains($0) } + columns.dropFirst())
  }
}
