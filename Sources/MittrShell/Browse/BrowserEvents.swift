import Basics
import Interpreter
import Synchronization

/// What happens beside the keys, on its way to the thread that has the screen.
final class BrowserEvents: Sendable {
  /// What has happened since it was last asked.
  struct Batch: Sendable {
    var items: [BrowsedItem] = []
    /// How the source came to its end, once it has.
    var end: SourceEnd?
    var outcome: (action: RecordAction, outcome: RecordActions.Outcome)?
    var isInterrupted = false
    /// Whether the screen has been given back to us, and shows nothing.
    var isRedrawn = false
  }

  enum SourceEnd: Sendable {
    case whole
    /// More would have come than are kept.
    case cut
    case failed(Interruption)
  }

  /// A byte for each signal, and 0 for everything else.
  let readEnd: Int32
  let writeEnd: Int32
  private let state = Mutex(Batch())

  init() throws(SystemError) {
    let ends = try SystemPipe()
    (readEnd, writeEnd) = (ends.readEnd, ends.writeEnd)
    for end in [readEnd, writeEnd] { SystemPipe.setNonBlocking(end) }
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  func post(_ change: (inout Batch) -> Void) {
    state.withLock { change(&$0) }
    var byte: UInt8 = 0
    // A full pipe refuses the byte, and wakes its reader all the same.
    _ = write(writeEnd, &byte, 1)
  }

  func taken() -> Batch {
    state.withLock { state in
      defer { state = Batch() }
      return state
    }
  }

  /// The signals that came since it was last asked.
  func signals() -> [Int32] {
    var bytes = [UInt8](repeating: 0, count: 256)
    var signals: [Int32] = []
    while true {
      let count = read(readEnd, &bytes, bytes.count)
      guard count > 0 else { return signals }
      signals += bytes[..<count].filter { $0 != 0 }.map { Int32($0) }
    }
  }
}
