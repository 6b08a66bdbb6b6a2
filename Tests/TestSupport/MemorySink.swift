package import Interpreter
import Synchronization

/// Collects what a session writes.
package final class MemorySink: ByteSink {
  private let bytes = Mutex<[UInt8]>([])

  package init() {}

  package var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

  package func write(_ bytes: [UInt8]) throws(Interruption) { self.bytes.withLock { $0 += bytes } }
}
