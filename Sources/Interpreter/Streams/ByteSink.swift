/// Where bytes go: a file descriptor in the shell, memory in tests.
///
/// A sink that only passes bytes on needs `write` alone.
public protocol ByteSink: AnyObject, Sendable {
  /// Takes all of the bytes.
  /// - Throws: `Interruption.outputClosed` when nobody reads any more.
  func write(_ bytes: [UInt8]) throws(Interruption)

  /// A statement begins whose results come here.
  func beginStatement()
  /// The statement has ended, or failed and said so: a sink that holds something back lets it go.
  /// - Returns: whether the next statement is read, though nobody read the rest of this one.
  @discardableResult
  func endStatement() -> Bool
  /// The writer pauses: what was written so far must become visible now.
  func flush(before reason: FlushReason) throws(Interruption)
}

/// Why nothing is written for a while.
public enum FlushReason: Sendable {
  /// A request, or other work.
  case work
  /// Something that may happen or not, such as an event that arrives.
  case waiting
}

extension ByteSink {
  public func beginStatement() {}
  public func endStatement() -> Bool { false }
  public func flush(before reason: FlushReason) throws(Interruption) {}
}
