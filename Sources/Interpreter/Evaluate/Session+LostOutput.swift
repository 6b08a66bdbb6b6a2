public import OrderedJSON
import Synchronization

/// Whether a session has changed anything outside: set by the code that sends such a request, from any thread.
public final class ChangeFlag: Sendable {
  private let state = Atomic(false)

  var isRaised: Bool { state.load(ordering: .acquiring) }
  public func raise() { state.store(true, ordering: .releasing) }
}

/// What becomes of results that cannot be written, to a full disk for instance. What was read can be read again; but what
/// became of something that was changed is known here alone, so it is told on the error stream.
extension Session {
  /// Tells of results that were rendered already.
  func tellLost(_ bytes: [UInt8]) {
    hasLostOutput = true
    guard changes.isRaised else { return }
    for line in bytes.split(separator: UInt8(ascii: "\n")) { tellLost(String(decoding: line, as: UTF8.self)) }
  }

  /// Tells of a result that nobody takes any more.
  public func tellLost(_ record: JSONObject) { tellLost(JSONWriter.compact.string(.object(record))) }

  private func tellLost(_ line: String) { note("not written: " + line) }
}
