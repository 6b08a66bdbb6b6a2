import Basics
import Synchronization

/// The whole terminal, taken and given back: its other screen, its cursor, its modes. From any thread.
final class FullScreen: Sendable {
  private enum Phase {
    /// Others have it.
    case away
    case here
    /// Somebody else has it for a while.
    case lent
  }

  private struct State {
    var phase = Phase.away
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

  var isHere: Bool { state.withLock { $0.phase == .here } }

  func enter() {
    state.withLock { state in
      guard state.phase == .away else { return }
      take(&state)
    }
  }

  /// Takes it once more if it is here: somebody else may have changed it.
  func renew() {
    state.withLock { state in
      guard state.phase == .here else { return }
      claim(state)
    }
  }

  /// Gives everything back; nothing when it was given back already.
  func leave() {
    state.withLock { state in
      if state.phase == .here { giveBack(&state) }
      state.phase = .away
    }
  }

  /// The same where waiting is out of the question: the process ends.
  func leaveAtOnce() {
    _ = state.withLockIfAvailable { state in
      if state.phase == .here { giveBack(&state) }
      state.phase = .away
    }
  }

  /// Gives it back for a while, if it is here.
  func lend() {
    state.withLock { state in
      guard state.phase == .here else { return }
      giveBack(&state)
      state.phase = .lent
    }
  }

  /// Takes it again after `lend`.
  /// - Returns: whether it was lent: then it shows nothing.
  @discardableResult func takeBack() -> Bool {
    state.withLock { state in
      guard state.phase == .lent else { return false }
      take(&state)
      return true
    }
  }

  /// Writes to it while it is here.
  func write(_ bytes: [UInt8]) {
    state.withLock { state in
      guard state.phase == .here, !bytes.isEmpty else { return }
      try? writeAll(bytes, to: output)
    }
  }

  private func take(_ state: inout State) {
    tcgetattr(input, &state.modes)
    state.phase = .here
    claim(state)
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

  private func giveBack(_ state: inout State) {
    try? writeAll(Self.end, to: output)
    tcsetattr(input, TCSADRAIN, &state.modes)
  }
}
