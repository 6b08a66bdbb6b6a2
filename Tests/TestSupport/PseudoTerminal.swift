#if canImport(Glibc)
  package import Glibc
#elseif canImport(Musl)
  package import Musl
#else
  package import Darwin
#endif

/// A program in a pseudo-terminal of its own, and the screen that it sees.
package final class PseudoTerminal {
  package private(set) var screen: Screen
  /// All that the program has written.
  package private(set) var received: [UInt8] = []
  package let process: pid_t
  package let notices: Pipe?
  /// What the program shows when it awaits a line.
  private let prompt: String
  private let master: Int32
  private var hasEnded = false
  /// How much had been received when the last line was sent off.
  private var sentOff: Int?

  /// How long a test waits for something that does not happen.
  private static let patience: Duration = .seconds(30)

  /// Return, and Ctrl-C: a new line begins on the screen, whatever the program makes of it.
  private static let endingLine: Set<UInt8> = [0x0D, 0x0A, 0x03]

  /// - Parameters:
  ///   - prompt: see `waitForPrompt`; without the space at its end.
  ///   - environment: beside `TERM` and a `HOME` without an `.editrc`; an empty value removes a variable.
  ///   - notices: the program reads it as its descriptor 3.
  package init(
    _ command: [String], prompt: String = "", environment: [String: String] = [:], columns: Int = 80, rows: Int = 24,
    notices: Pipe? = nil
  ) throws(TestFailure) {
    screen = Screen(columns: columns, rows: rows)
    self.prompt = prompt
    self.notices = notices
    let variables = ["TERM": "xterm-256color", "HOME": "/nonexistent", "PATH": "/usr/bin:/bin"]
      .merging(environment) { $1 }.filter { !$0.value.isEmpty }
    var (master, slave) = (Int32(-1), Int32(-1))
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&master, &slave, &name, nil, &size) == 0 else {
      throw TestFailure("no pseudo-terminal: \(errno)")
    }
    self.master = master
    let path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { close(slave) }
    do throws(TestFailure) {
      process = try BuiltProgram.start(
        command, environment: variables, descriptors: [nil, nil, nil] + (notices.map { [$0.readEnd] } ?? []),
        terminal: path)
    } catch {
      close(master)
      throw error
    }
  }

  deinit {
    if !hasEnded {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(master)
  }

  package func type(_ text: String) { send(Array(text.utf8)) }

  /// Reads meanwhile, for neither side of a pseudo-terminal holds much.
  package func send(_ bytes: [UInt8]) {
    if bytes.contains(where: Self.endingLine.contains) {
      drain()
      // On a screen of its own a program does as it likes with them.
      if !screen.isAlternate { sentOff = received.count }
    }
    var rest = bytes[...]
    while !rest.isEmpty {
      var descriptor = pollfd(fd: master, events: Int16(POLLIN | POLLOUT), revents: 0)
      guard poll(&descriptor, 1, -1) > 0 else { continue }
      if descriptor.revents & Int16(POLLIN) != 0 { _ = readSome() }
      guard descriptor.revents & Int16(POLLOUT) != 0 else { continue }
      let written = rest.prefix(1024).withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }

  package func resize(columns: Int, rows: Int) {
    screen = screen.resized(columns: columns, rows: rows)
    claim(columns: columns, rows: rows)
  }

  /// Says that the window has a size, which it need not have.
  package func claim(columns: Int, rows: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Reads until the screen is as expected.
  /// - Parameter other: is read, too, where the expectation is about both.
  /// - Throws: what the screen shows instead, when the program ends or nothing comes any more.
  package func wait(
    for expectation: String, beside other: PseudoTerminal? = nil, file: String = #fileID, line: Int = #line,
    until isMet: (Screen) -> Bool
  ) throws(TestFailure) {
    let deadline = ContinuousClock.now + Self.patience
    while !isMet(screen) {
      var descriptors = [self, other].compactMap(\.self).map {
        pollfd(fd: $0.master, events: Int16(POLLIN), revents: 0)
      }
      let left = deadline - .now
      let hasCome = poll(&descriptors, nfds_t(descriptors.count), Int32(max(0, left / .milliseconds(1)).rounded(.up)))
      if hasCome < 0, errno == EINTR { continue }
      var isOpen = hasCome > 0
      for (terminal, descriptor) in zip([self, other].compactMap(\.self), descriptors) where descriptor.revents != 0 {
        isOpen = terminal.readSome() && isOpen
      }
      // A program that never stops writing is not waited for without end either.
      guard isOpen, left > .zero || isMet(screen) else {
        throw TestFailure("\(file):\(line): \(expectation): never came, at \(screen.cursor) of\n\(shown)")
      }
    }
  }

  /// Reads what has come.
  package func drain() {
    var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while poll(&descriptor, 1, 0) > 0, readSome() {}
  }

  package func wait(forLine text: String, file: String = #fileID, line: Int = #line) throws(TestFailure) {
    try wait(for: "the line \(text)", file: file, line: line) { $0.allLines.contains(text) }
  }

  /// The next line is awaited: the prompt stands alone before the cursor. What stands there still from before the last line
  /// was sent off is not it.
  package func waitForPrompt(file: String = #fileID, line: Int = #line) throws(TestFailure) {
    try wait(for: "a prompt", file: file, line: line) {
      $0.currentLine == prompt && $0.cursor.column == prompt.count + 1
        && (sentOff.map { received[$0...].contains(0x0A) } ?? true)
    }
  }

  /// Waits for the program's end; one that does not come to it is killed.
  /// - Returns: what `waitpid` tells.
  package func waitForExit() -> Int32 {
    var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    repeat {
      if poll(&descriptor, 1, Int32(Self.patience.components.seconds * 1000)) == 0 { kill(process, SIGKILL) }
    } while readSome()
    var status: Int32 = 0
    waitpid(process, &status, 0)
    hasEnded = true
    return status
  }

  private var shown: String {
    screen.allLines.map { "|" + $0 }.joined(separator: "\n")
  }

  /// - Returns: `false` at the end.
  private func readSome() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(master, &bytes, bytes.count)
    guard count > 0 else { return count < 0 && errno == EINTR }
    screen.feed(bytes.prefix(count))
    received += bytes.prefix(count)
    return true
  }
}
