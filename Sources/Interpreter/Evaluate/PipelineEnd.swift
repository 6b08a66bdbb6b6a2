/// What is to happen once a pipeline has ended, as its stages found out while they ran.
public final class PipelineEnd {
  /// How many items failed in its stages.
  public var failed = 0
  /// What the statement then fails with.
  public var failure: Failure?
  /// Whether the statement then ends as an interrupted one does.
  public var isInterrupted = false

  init() {}

  func check() throws(Interruption) {
    if isInterrupted { throw .cancelled }
    if let failure { throw .failure(failure) }
  }
}
