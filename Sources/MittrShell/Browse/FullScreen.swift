import Basics
import Synchronization

/// The whole terminal, taken and given back: its other screen, its cursor, its modes. From any thread.
final class FullScreen: Sendable {
  private struct State {
    /// Whether it is to be shown.
    var isWanted = false
    /// Whether another program has it for a while, maybe before it was shown at all.
    var isLent = false
    var isHere = false
    /// As they were before.
    var modes = termios()
  }

  private let state = Mutex(State())
  private let input: Int32
  private let output: Int32

  /// The other screen, no cursor, pasted text told from typed.
  private static let begin = Array("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?2004h\u{1B}[2J".utf8)
  private static let end = Array("\u{1B}[0m\u{1B}[?2004l\u{1B}[?25h\u{1B}[?1049l".utf8)

  init(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) {
    self.input = input
    self.output = output
  }

  var isHere: Bool { state.withLock { $0.isHere } }

  func enter() {
    state.withLock { state in
      state.isWanted = true
      settle(&state)
    }
  }

  /// Takes it once more if it is here: another program may have changed it.
  func renew() {
    state.withLock { state in
      if state.isHere { claim(state) }
    }
  }

  /// Gives everything back; nothing when it was given back already.
  func leave() { state.withLock { leave(&$0) } }

  /// The same where waiting is out of the question: the process ends.
  func leaveAtOnce() { _ = state.withLockIfAvailable { leave(&$0) } }

  /// Lets another program have it for a while.
  func lend() {
    state.withLock { state in
      state.isLent = true
      settle(&state)
    }
  }

  /// Takes it again after `lend`.
  /// - Returns: whether it is here again, and shows nothing.
  @discardableResult func takeBack() -> Bool {
    state.withLock { state in
      guard state.isLent else { return false }
      state.isLent = false
      settle(&state)
      return state.isHere
    }
  }

  /// Writes to it while it is here.
  func write(_ bytes: [UInt8]) {
    state.withLock { state in
      guard state.isHere, !bytes.isEmpty else { return }
      try? writeAll(bytes, to: output)
    }
  }

  private func leave(_ state: inout State) {
    (state.isWanted, state.isLent) = (false, false)
    settle(&state)
  }

  /// Takes it or gives it back, as it is to be.
  private func settle(_ state: inout State) {
    let belongsHere = state.isWanted && !state.isLent
    guard belongsHere != state.isHere else { return }
    state.isHere = belongsHere
    if belongsHere {
      tcgetattr(input, &state.modes)
      claim(state)
    } else {
      try? writeAll(Self.end, to: output)
      tcsetattr(input, TCSADRAIN, &state.modes)
    }
  }

  private func claim(_ state: State) {
    var modes = state.modes
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    modes.c_iflag &= ~tcflag_t(ICRNL | INLCR | IGNCR | IXON | ISTRIP)
    withUnsafeMutableBytes(of: &modes.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
    tcsetattr(input, TCSADRAIN, &modes)
    try? writeAll(Self.begin, to: output)
  }
}
