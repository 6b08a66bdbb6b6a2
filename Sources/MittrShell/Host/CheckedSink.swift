import Interpreter
import Synchronization

/// A standard stream that remembers its first failure, so that what somebody caught or passed over still decides how the
/// process ends. Behind a failure nothing is written: a gap in the middle of results would not be seen.
final class CheckedSink: ByteSink {
  private let sink: any ByteSink
  private let state = Mutex<Failure?>(nil)

  init(_ sink: any ByteSink) { self.sink = sink }

  /// Why not everything was written; nil when everything was, and when its reader went away.
  var failure: Failure? { state.withLock { $0 } }

  func write(_ bytes: [UInt8]) throws(Interruption) {
    if let failure { throw .failure(failure) }
    try noting { () throws(Interruption) in try sink.write(bytes) }
  }

  func flush(before reason: FlushReason) throws(Interruption) {
    try noting { () throws(Interruption) in try sink.flush(before: reason) }
  }

  func beginStatement() { sink.beginStatement() }
  func endStatement() -> Bool { sink.endStatement() }

  private func noting(_ body: () throws(Interruption) -> Void) throws(Interruption) {
    do throws(Interruption) {
      try body()
    } catch {
      if case .failure(let failure) = error { state.withLock { $0 = $0 ?? failure } }
      throw error
    }
  }
}
