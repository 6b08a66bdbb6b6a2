public import OrderedJSON

/// What is to happen once a pipeline has ended, as its stages found out while they ran.
public final class PipelineEnd {
  /// How many items failed in its stages.
  public var failed = 0
  /// What the statement then fails with.
  public var failure: Failure?
  /// Whether the statement then ends as an interrupted one does.
  public var isInterrupted = false

  /// The first items that its bulk commands gave, for who catches the failure.
  public private(set) var outcomes: [JSONValue] = []
  private static let mostOutcomes = 1000

  init() {}

  public func keep(_ outcome: JSONValue) {
    if outcomes.count < Self.mostOutcomes { outcomes.append(outcome.detached()) }
  }

  /// Ends it. What failed is owed by the statement: what it yields is given first.
  func settle(_ session: Session) throws(Interruption) {
    if isInterrupted { throw .cancelled }
    guard var failure, session.owedFailure == nil else { return }
    if !outcomes.isEmpty { failure.facts["outcomes"] = .array(outcomes) }
    session.owedFailure = failure
  }
}
