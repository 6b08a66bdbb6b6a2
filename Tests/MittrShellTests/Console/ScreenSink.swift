import Interpreter
import TestSupport

/// A terminal in memory: both standard streams lead to the same screen.
final class ScreenSink: ByteSink {
  private(set) var screen: Screen
  /// How often something was written.
  private(set) var writes = 0

  init(columns: Int = 80, rows: Int = 24) { screen = Screen(columns: columns, rows: rows) }

  func write(_ bytes: [UInt8]) throws(Interruption) {
    writes += 1
    // As a terminal's driver does it.
    for byte in bytes { screen.feed(byte == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), byte] : [byte]) }
  }
}
