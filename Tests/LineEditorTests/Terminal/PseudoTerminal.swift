import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A program in a pseudo-terminal of its own, and the screen that it sees.
final class PseudoTerminal {
  private(set) var screen: Screen
  private let master: Int32
  private let notices: Int32
  private let process: pid_t
  private var hasEnded = false

  /// How long a test waits for something that does not happen.
  private static let patience: Duration = .seconds(30)

  /// `POSIX_SPAWN_SETSID`, which the C library's module hides.
  #if canImport(Darwin)
    private static let newSession: Int16 = 0x400
  #else
    private static let newSession: Int16 = 0x80
  #endif

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The program that has a line editor, with its prompt on the screen.
  static func probe(
    _ arguments: [String] = [], environment: [String: String] = [:], columns: Int = 80, rows: Int = 24
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      [probePath] + arguments, environment: environment, columns: columns, rows: rows)
    try terminal.waitForPrompt()
    return terminal
  }

  /// The program stands beside the tests' own bundle.
  static var probePath: String {
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? ""
    let components = bundle.split(separator: "/", omittingEmptySubsequences: false)
    let folder = components.prefix { !$0.hasSuffix(".xctest") }.joined(separator: "/")
    return (folder.isEmpty ? "." : folder) + "/LineEditorProbe"
  }

  /// - Parameter environment: Beside `TERM` and a `HOME` without an `.editrc`; an empty value removes a variable.
  init(_ command: [String], environment: [String: String] = [:], columns: Int = 80, rows: Int = 24) throws {
    screen = Screen(columns: columns, rows: rows)
    let variables = ["TERM": "xterm-256color", "HOME": "/nonexistent", "PATH": "/usr/bin:/bin"]
      .merging(environment) { $1 }.filter { !$0.value.isEmpty }
    var (master, slave) = (Int32(-1), Int32(-1))
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&master, &slave, &name, nil, &size) == 0 else {
      throw Failure(description: "no pseudo-terminal: \(errno)")
    }
    self.master = master
    for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Failure(description: "no pipe: \(errno)") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    notices = ends[1]

    // A session of its own takes the first terminal it opens for its controlling terminal.
    var attributes = posix_spawnattr_t()
    var actions = posix_spawn_file_actions_t()
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_setflags(&attributes, Self.newSession)
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    posix_spawn_file_actions_adddup2(&actions, ends[0], 3)
    var process = pid_t()
    let code = Self.withCStrings(command) { arguments in
      Self.withCStrings(variables.map { "\($0)=\($1)" }) { environment in
        posix_spawn(&process, command[0], &actions, &attributes, arguments, environment)
      }
    }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    close(ends[0])
    close(slave)
    guard code == 0 else { throw Failure(description: "\(command[0]): \(String(cString: strerror(code)))") }
    self.process = process
  }

  deinit {
    if !hasEnded {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(master)
    close(notices)
  }

  func type(_ text: String) { send(Array(text.utf8)) }

  /// Reads meanwhile, for neither side of a pseudo-terminal holds much.
  func send(_ bytes: [UInt8]) {
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

  /// Has the probe print a message.
  func notify(_ message: String) {
    let bytes = Array((message + "\n").utf8)
    _ = write(notices, bytes, bytes.count)
  }

  func resize(columns: Int, rows: Int) {
    var resized = Screen(columns: columns, rows: rows)
    resized.feed(screen.lines.joined(separator: "\r\n").utf8)
    screen = resized
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Reads until the screen is as expected, and fails with what it shows otherwise.
  func wait(
    for expectation: String, sourceLocation: SourceLocation = #_sourceLocation, until isMet: (Screen) -> Bool
  ) throws {
    let deadline = ContinuousClock.now + Self.patience
    while !isMet(screen) {
      var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      let left = deadline - .now
      guard left > .zero, poll(&descriptor, 1, Int32(left.components.seconds * 1000 + 1)) > 0, readSome() else {
        Issue.record("\(expectation): never came, at \(screen.cursor) of\n\(shown)", sourceLocation: sourceLocation)
        throw Failure(description: expectation)
      }
    }
  }

  func wait(forLine line: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try wait(for: line, sourceLocation: sourceLocation) { $0.allLines.contains(line) }
  }

  /// The next line is awaited: the prompt stands alone before the cursor.
  func waitForPrompt(sourceLocation: SourceLocation = #_sourceLocation) throws {
    try wait(for: "a prompt", sourceLocation: sourceLocation) { $0.currentLine == "probe>" && $0.cursor.column == 7 }
  }

  /// Types a line, waits for what the probe says of it, and for the next prompt.
  func enter(_ text: String, answer: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    type(text + "\r")
    try wait(forLine: answer, sourceLocation: sourceLocation)
    try waitForPrompt(sourceLocation: sourceLocation)
  }

  /// Ends the probe with Ctrl-D.
  func leave(sourceLocation: SourceLocation = #_sourceLocation) throws {
    type("\u{4}")
    try wait(forLine: "[end] restored", sourceLocation: sourceLocation)
    #expect(waitForExit() == 0, sourceLocation: sourceLocation)
  }

  /// - Returns: What `waitpid` tells.
  func waitForExit() -> Int32 {
    while readSome() {}
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
    return true
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
