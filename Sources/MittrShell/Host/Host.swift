import Interpreter

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The machine: its clock, its environment, the person at its terminal.
enum Host {
  /// Puts something in the place of standard streams that the process was started without. Otherwise the next file or
  /// pipe would be taken for them.
  static func openStandardStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      // The lowest free descriptor is the one that is missing.
      _ = open("/dev/null", stream == STDIN_FILENO ? O_RDONLY : O_WRONLY)
    }
  }

  /// Seconds since 1970.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let text = String(cString: pointer)
      if let mark = text.firstIndex(of: "=") {
        variables[String(text[..<mark])] = String(text[text.index(after: mark)...])
      }
      entry += 1
    }
    return variables
  }

  /// Asks a question on the error stream and reads the answer; no is the default. Cancelling means no.
  static func ask(_ question: String, errors: any ByteSink) async -> Bool {
    try? errors.write(Array("\(TerminalText.escaped(question)) [y/N] ".utf8))
    while !Task.isCancelled {
      var poller = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      // Short waits, so that Ctrl-C is noticed.
      guard poll(&poller, 1, 50) > 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      guard count > 0 else { break }
      let answer = String(decoding: buffer[..<count], as: UTF8.self).lowercased()
      return answer.hasPrefix("y")
    }
    if !Task.isCancelled { try? errors.write([UInt8(ascii: "\n")]) }
    return false
  }
}
