import Interpreter

extension Call {
  /// Tells what a command came to. Failed items make the statement fail once its pipeline has ended.
  /// - Parameters:
  ///   - summary: a line for the error stream, such as `replay: 12 done, 2 failed`.
  ///   - isInterrupted: whether it ended early because it was interrupted; the statement then ends as any interrupted
  ///     one does, once its items have gone through.
  ///   - help: what to do about it.
  func conclude(failed: Int, summary: String, isInterrupted: Bool = false, help: String? = nil) {
    tell(summary)
    if isInterrupted { pipelineEnd.isInterrupted = true }
    guard failed > 0 else { return }
    pipelineEnd.failed += failed
    let items = pipelineEnd.failed == 1 ? "1 item" : "\(pipelineEnd.failed) items"
    // The first command with failed items is the one that is shown.
    pipelineEnd.failure = Failure(
      .itemsFailed, "\(items) failed", at: pipelineEnd.failure?.span ?? nameSpan,
      help: pipelineEnd.failure?.help ?? help)
  }
}
