import Basics
import Interpreter
import ShellCommands
import Synchronization

/// What `log FILE` writes: what is typed and shown, as safe text without colours and without secrets. From any thread.
final class Transcript: TranscriptKeeper, Sendable {
  private struct State {
    var file: (any DurableFile)?
    var path: String?
    /// What is not written yet: a secret in it is found whole.
    var pending: [UInt8] = []
    /// What the file could not take; it is told when the statement is done.
    var failure: Failure?
  }

  /// More is not held back, in bytes.
  private static let mostHeld = 64 << 10

  private let rendering: RenderingOptions
  private let state = Mutex(State())

  /// - Parameter rendering: knows the secrets of the session.
  init(_ rendering: RenderingOptions) { self.rendering = rendering }

  var path: String? { state.withLock { $0.path } }

  func begin(_ file: any DurableFile, path: String) {
    try? end()
    state.withLock { $0 = State(file: file, path: path) }
  }

  func end() throws(Failure) {
    let failure = state.withLock { state in
      write(&state, all: true)
      state.file?.close()
      defer { state = State() }
      return state.failure
    }
    if let failure { throw failure }
  }

  /// Takes what goes to the terminal.
  func note(_ bytes: [UInt8]) {
    state.withLock { state in
      guard state.file != nil else { return }
      state.pending += bytes
      if state.pending.count > Self.mostHeld { write(&state, all: false) }
    }
  }

  /// Takes a line that was typed, with the prompt before it.
  func note(typed line: String, behind prompt: String) {
    guard path != nil else { return }
    note(Array("\(prompt) \(SecretValues(in: line).masked)\n".utf8))
  }

  /// Writes what has come so far.
  /// - Returns: why it cannot: then the log has ended.
  func flush() -> Failure? {
    state.withLock { state in
      write(&state, all: true)
      guard let failure = state.failure else { return nil }
      state.file?.close()
      state = State()
      return failure
    }
  }

  /// - Parameter all: whether the last line is written too that has not come to its end.
  private func write(_ state: inout State, all: Bool) {
    guard let file = state.file, state.failure == nil else { return }
    let end = all ? state.pending.count : (state.pending.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
    // A line without end is let go in pieces.
    let count = end == 0 ? state.pending.count : end
    guard count > 0 else { return }
    let text = String(decoding: TerminalSequences.removed(from: state.pending[..<count]), as: UTF8.self)
    state.pending.removeFirst(count)
    do throws(Failure) {
      try file.append(Array(SafeText.escapedLines(rendering.masked(text, evenRevealed: true)).utf8))
    } catch {
      var failure = error
      failure.help = "the log ends here; log FILE begins another"
      state.failure = failure
    }
  }
}

/// The sequences by which a terminal is told colours and the like.
enum TerminalSequences {
  /// The bytes without them.
  static func removed(from bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == escape {
        index = end(of: bytes, from: index + 1)
      } else {
        // A line break of a terminal in raw mode.
        if bytes[index] != UInt8(ascii: "\r") { result.append(bytes[index]) }
        index += 1
      }
    }
    return result
  }

  /// Where a sequence ends that follows an Escape.
  private static func end(of bytes: ArraySlice<UInt8>, from start: Int) -> Int {
    guard start < bytes.endIndex else { return bytes.endIndex }
    switch bytes[start] {
    case UInt8(ascii: "["):
      let final = bytes[(start + 1)...].firstIndex { (0x40...0x7E).contains($0) }
      return final.map { $0 + 1 } ?? bytes.endIndex
    case UInt8(ascii: "]"):
      guard let final = bytes[start...].firstIndex(where: { $0 == 7 || $0 == escape }) else { return bytes.endIndex }
      return bytes[final] == 7 ? final + 1 : min(final + 2, bytes.endIndex)
    default: return start + 1
    }
  }

  private static let escape: UInt8 = 0x1B
}
