package import Interpreter

/// Collects what a session writes.
package final class MemorySink: ByteSink {
  private var bytes: [UInt8] = []

  package init() {}

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package func write(_ bytes: [UInt8]) throws(Interruption) { self.bytes += bytes }
}
