import Interpreter
import Synchronization
import TestSupport

/// A terminal in memory: both standard streams lead to the same screen.
final class ScreenSink: ByteSink {
  private let state: Mutex<(screen: Screen, writes: Int)>

  init(columns: Int = 80, rows: Int = 24) { state = Mutex((Screen(columns: columns, rows: rows), 0)) }

  var screen: Screen { state.withLock { $0.screen } }
  /// How often something was written.
  var writes: Int { state.withLock { $0.writes } }

  func write(_ bytes: [UInt8]) throws(Interruption) {
    state.withLock { state in
      state.writes += 1
      // As a terminal's driver does it.
      for byte in bytes { state.screen.feed(byte == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), byte] : [byte]) }
    }
  }
}
