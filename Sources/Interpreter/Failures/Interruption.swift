public import OrderedJSON

/// Everything that ends a statement before its end.
public enum Interruption: Error, Sendable {
  case failure(Failure)
  /// Ctrl-C, or the task was cancelled. Not an error.
  case cancelled
  /// The reader of standard output went away. Ends quietly.
  case outputClosed
  /// `exit N`.
  case exit(Int32)
  /// `return` on its way to the function's call; `depth` tells that call from those further in.
  case returned(JSONValue?, depth: Int)
  /// `break` or `continue` on its way to the loop of that number.
  case leftRound(loop: Int, isLast: Bool)

  /// Does something that may fail, where anything that ends a statement may be thrown. What fails in a cancelled task
  /// failed because of that.
  /// - Parameter span: where the cause stands.
  static func rethrowing<Result>(
    at span: SourceSpan? = nil, _ body: () throws(Failure) -> Result
  ) throws(Interruption) -> Result {
    do throws(Failure) {
      return try body()
    } catch {
      if Task.isCancelled { throw .cancelled }
      throw .failure(span.map { error.located(at: $0) } ?? error)
    }
  }

  func located(at span: SourceSpan) -> Interruption {
    guard case .failure(let failure) = self else { return self }
    return .failure(failure.located(at: span))
  }

  func located(in source: SourceText) -> Interruption {
    guard case .failure(let failure) = self else { return self }
    return .failure(failure.located(in: source))
  }
}
