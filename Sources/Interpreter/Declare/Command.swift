/// A command: one declaration that parsing, `help`, completion, the reference and the example tests read. Each call refers to
/// its own: inline it would take half a kilobyte there.
public final class Command: Sendable {
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
    /// What its block yields.
    case asBlock
  }

  public struct Example: Sendable {
    public let script: String
    public let explanation: String
    /// What the script prints in output mode `lines`, without the last line feed; nil where that says nothing, or differs
    /// from day to day.
    public let result: String?

    public init(_ script: String, _ explanation: String, gives result: String? = nil) {
      self.script = script
      self.explanation = explanation
      self.result = result
    }
  }

  /// Plans requests from a call's arguments, without sending anything, reading a file or asking a question. Where an
  /// argument is known only once the pipeline runs, its value is `PlannedRequest.unknown`, or its default where that
  /// does not fit.
  public typealias Requests = @Sendable (Call, Demand) async throws(Interruption) -> [PlannedRequest]

  /// The flag that any stage of a pipeline takes, so that the pipeline only tells which requests it would send.
  static let explainFlag = "explain"
  static let explainSummary = "only tell which requests the pipeline would send"

  /// One word, or a group's name and a word: `first`, `events list`.
  public let name: String
  /// Other words for what it does, in this trade and in other tools: `help WORD` finds it by them.
  public let searchWords: [String]
  /// The group that it belongs to in the overview, such as `Streams`.
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
  /// What its items have to do with those that come in, for completion.
  public let flow: ItemFlow
  /// Whether its value is taken once for all items of a stage, since it depends on no item: the time stands still
  /// while a `where` runs.
  let isConstantPerStage: Bool
  /// What its source can filter by, for a command that lists items.
  let filters: SourceFilters?
  /// For a command that keeps the items for which this parameter's expression holds, and does nothing else.
  let condition: ParameterDeclaration?
  /// Which requests its body sends, for `--explain`; nil for a command that sends none.
  let requests: Requests?
  /// Whether `.` in its arguments is the item of the block around it, since it takes the stream as a whole.
  let takesOuterItem: Bool
  /// Whether it changes, sends or deletes something: then it is never suggested to who may have meant something else.
  public let changesData: Bool
  let body: @Sendable (Call) async throws(Interruption) -> Output

  public init(
    _ name: String, topic: Topic, _ summary: String, discussion: String = "", input: Input, result: Result,
    itemKind: ItemKind? = nil, flow: ItemFlow = .made, parameters: [any AnyParameter] = [],
    isConstantPerStage: Bool = false,
    filters: SourceFilters? = nil, condition: (any AnyParameter)? = nil, requests: Requests? = nil,
    takesOuterItem: Bool = false, changesData: Bool = false,
    searchWords: [String] = [], examples: [Example],
    body: @escaping @Sendable (Call) async throws(Interruption) -> Output
  ) {
    self.name = name
    self.topic = topic
    self.summary = summary
    self.discussion = discussion
    self.input = input
    self.result = result
    self.itemKind = itemKind
    self.flow = flow
    self.parameters = parameters.map { $0.declaration }
    self.examples = examples
    self.searchWords = searchWords
    self.isConstantPerStage = isConstantPerStage
    self.filters = filters
    self.condition = condition?.declaration
    self.requests = requests
    self.takesOuterItem = takesOuterItem
    self.changesData = changesData
    self.body = body
  }

  func parameter(flag name: String) -> Int? {
    parameters.firstIndex { $0.isFlagLike && $0.name == name }
  }
}

/// A group of commands in the overview.
public struct Topic: Sendable, Hashable {
  public let title: String

  public init(_ title: String) { self.title = title }

  public static let streams = Topic("Streams")
  public static let numbers = Topic("Numbers")
  public static let text = Topic("Text and time")
  public static let data = Topic("Data")
  public static let shell = Topic("Shell")
}
