import Basics
import Interpreter

/// Asks a person at the terminal.
///
/// The terminal's own line editing is off meanwhile: it would cut lines of more than 4,096 bytes short, and minified JSON
/// has longer ones. What is typed is shown by this, escaped, and Backspace takes back a character.
final class TerminalPrompter: Prompter {
  private let errors: any ByteSink
  private let console: Console
  /// Read already, and behind what ended the answer before.
  private var ahead: ArraySlice<UInt8> = []

  /// An answer that is longer is taken as ended.
  private static let longest = 64 << 20

  init(_ console: Console, _ errors: any ByteSink) {
    self.console = console
    self.errors = errors
  }

  func confirm(_ question: String) async -> Bool { await console.ask(question) }

  func text(_ question: String, until end: PromptEnd) async throws(Interruption) -> [UInt8] {
    console.beginQuestion()
    defer { console.endQuestion() }
    return try await BlockingWork.run { (isCancelled) throws(Interruption) in
      try self.text(question, until: end, isCancelled)
    }
  }

  func secret(_ question: String) async throws(Interruption) -> String {
    console.beginQuestion()
    defer { console.endQuestion() }
    return try await BlockingWork.run { (isCancelled) throws(Interruption) in try self.secret(question, isCancelled) }
  }

  /// Waits for a key; a line that is typed is no answer.
  /// - Returns: true for Enter alone; false for q, and at the end of the input.
  /// - Throws: `cancelled` after Ctrl-C, and nothing else but a failure where there is no terminal.
  func goesOn(_ question: String) async throws(Interruption) -> Bool {
    console.beginQuestion()
    defer { console.endQuestion() }
    return try await BlockingWork.run { (isCancelled) throws(Interruption) in
      // What was typed before the question came does not answer it.
      self.ahead = []
      let modes = try TerminalModes(hidden: true)
      defer {
        modes.restore()
        self.tell("\n")
      }
      self.tell(SafeText.escaped(question) + " ")
      var hasTyped = false
      while true {
        let byte = try self.next(
          isCancelled, modes, beforeWaiting: {}, afterPause: { self.tell(SafeText.escaped(question) + " ") })
        switch byte {
        case UInt8(ascii: "\n") where hasTyped:
          // Whoever typed a line wanted that, which nobody reads here.
          hasTyped = false
          self.tell("\n" + SafeText.escaped(question) + " ")
        case UInt8(ascii: "\n"): return true
        case nil, 0x04, UInt8(ascii: "q"), UInt8(ascii: "Q"): return false
        default: hasTyped = true
        }
      }
    }
  }

  private func text(
    _ question: String, until end: PromptEnd, _ isCancelled: () -> Bool
  ) throws(Interruption) -> [UInt8] {
    // Before anybody is invited to type: the terminal would echo it, too.
    let modes = try TerminalModes(hidden: false)
    defer { modes.restore() }
    tell(SafeText.escaped(question) + "\n")
    var answer = PastedAnswer(end)
    var shown: [UInt8] = []
    while !answer.isComplete, answer.count < Self.longest {
      let byte = try next(
        isCancelled, modes, beforeWaiting: { self.show(&shown) },
        afterPause: { self.tell(SafeText.escaped(question) + "\n") })
      guard let byte else { break }
      shown += answer.take(byte)
    }
    show(&shown)
    if !answer.endsAtLineStart { tell("\n") }
    return answer.bytes
  }

  private func secret(_ question: String, _ isCancelled: () -> Bool) throws(Interruption) -> String {
    // What was pasted before belongs to another answer.
    ahead = []
    let modes = try TerminalModes(hidden: true)
    defer {
      modes.restore()
      tell("\n")
    }
    tell(SafeText.escaped(question) + " ")
    var line: [UInt8] = []
    func next() throws(Interruption) -> UInt8? {
      try self.next(
        isCancelled, modes, beforeWaiting: {}, afterPause: { self.tell(SafeText.escaped(question) + " ") })
    }
    while let byte = try next(), byte != UInt8(ascii: "\n"), byte != 0x04 {
      switch byte {
      case 0x7F, 0x08: PastedAnswer.removeCharacter(&line)
      case 0x15: line = []
      default: if line.count < 4096 { line.append(byte) }
      }
    }
    return String(decoding: line, as: UTF8.self)
  }

  /// - Parameter afterPause: called when the job was stopped and goes on: the shell has given the terminal other modes, and
  ///   what was asked stands somewhere above.
  /// - Returns: nil at the end of input.
  private func next(
    _ isCancelled: () -> Bool, _ modes: TerminalModes, beforeWaiting: () -> Void, afterPause: () -> Void
  ) throws(Interruption) -> UInt8? {
    if let byte = ahead.popFirst() { return byte }
    beforeWaiting()
    var poller = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while true {
      if isCancelled() { throw .cancelled }
      if modes.takeBack() { afterPause() }
      // Short waits, so that Ctrl-C is noticed.
      guard poll(&poller, 1, 50) > 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return nil }
      ahead = buffer[..<count]
      return ahead.popFirst()
    }
  }

  private func show(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    try? errors.write(bytes)
    bytes = []
  }

  private func tell(_ text: String) { try? errors.write(Array(text.utf8)) }
}

/// The terminal without its line editing and echo, until it is restored. Ctrl-C stays a signal.
private struct TerminalModes {
  private let original: termios
  private let own: termios

  init(hidden: Bool) throws(Interruption) {
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0 else {
      throw .failure(Failure("no-terminal", "nobody can be asked: standard input is no terminal"))
    }
    original = modes
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO)
    modes.c_iflag |= tcflag_t(ICRNL)
    withUnsafeMutableBytes(of: &modes.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
    // A secret that was typed ahead was shown: it is not taken.
    tcsetattr(STDIN_FILENO, hidden ? TCSAFLUSH : TCSADRAIN, &modes)
    own = modes
  }

  /// Sets the modes again if somebody else has changed them.
  /// - Returns: whether that was so.
  func takeBack() -> Bool {
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0, modes.c_lflag & tcflag_t(ICANON | ECHO) != 0 else { return false }
    modes = own
    return tcsetattr(STDIN_FILENO, TCSAFLUSH, &modes) == 0
  }

  func restore() {
    var modes = original
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
  }
}
