import Interpreter
import Synchronization

/// Standard output by way of the terminal.
final class ResultSink: ByteSink {
  private let console: Console

  init(_ console: Console) { self.console = console }

  func write(_ bytes: [UInt8]) throws(Interruption) {
    console.transcript.withLock { $0 }?.note(bytes)
    try console.writeResult(bytes)
  }
  func beginStatement() { console.beginStatement() }
  func endStatement() -> Bool { console.endStatement() }
  func flush(before reason: FlushReason) throws(Interruption) { try console.flush(before: reason) }
}

/// Standard error by way of the terminal.
final class MessageSink: ByteSink {
  private let console: Console

  init(_ console: Console) { self.console = console }

  func write(_ bytes: [UInt8]) throws(Interruption) {
    console.transcript.withLock { $0 }?.note(bytes)
    try console.writeMessage(bytes)
  }
}
