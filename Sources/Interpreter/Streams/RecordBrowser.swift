public import OrderedJSON

/// Lets a person look through records: a seam that a host with a terminal fills in.
public protocol RecordBrowser: AnyObject {
  /// Shows items while they come, until the person leaves. Then the stream is closed.
  /// - Throws: what the stream threw, and `cancelled`; in both cases the person sees the terminal as it was before.
  func browse(_ items: ItemStream, with actions: RecordActions) async throws(Interruption)
}

/// Something that a person can have done with the record that they look at.
public struct RecordAction: Sendable, Hashable {
  /// What is pressed.
  public let key: Character
  /// What is done, as one word or two: `replay`.
  public let label: String
  /// What must be known first; nil where the record is enough.
  public let question: String?
  /// Whether another program, such as an editor, needs the terminal meanwhile.
  public let takesTerminal: Bool

  public init(key: Character, label: String, question: String? = nil, takesTerminal: Bool = false) {
    self.key = key
    self.label = label
    self.question = question
    self.takesTerminal = takesTerminal
  }
}

/// What can be done with records, and how. It is used beside the task that reads them.
public struct RecordActions: Sendable {
  /// What became of an action.
  public enum Outcome: Sendable, Hashable {
    /// One line says it all.
    case line(String)
    /// A value to look at.
    case details(JSONValue)
  }

  /// What fits a record.
  public let fitting: @Sendable (JSONValue) -> [RecordAction]
  /// What was answered to an action's question before; empty when nothing was.
  public let lastAnswer: @Sendable (RecordAction) -> String
  /// Does it; one at a time. Its failure is an outcome like any other.
  public let perform: @Sendable (_ action: RecordAction, _ record: JSONValue, _ answer: String?) async -> Outcome

  public init(
    fitting: @escaping @Sendable (JSONValue) -> [RecordAction],
    lastAnswer: @escaping @Sendable (RecordAction) -> String,
    perform: @escaping @Sendable (RecordAction, JSONValue, String?) async -> Outcome
  ) {
    self.fitting = fitting
    self.lastAnswer = lastAnswer
    self.perform = perform
  }
}
