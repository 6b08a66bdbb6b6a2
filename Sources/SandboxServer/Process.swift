import Basics

/// What the program shares with the one that started it.
enum Process {
  /// Writes a line to standard output; see `write`.
  static func printLine(_ text: String) throws(OutputError) { try write(text + "\n") }

  /// Writes to standard output, past any buffer. That nobody reads it any more is not this program's concern.
  /// - Throws: why it cannot be written otherwise.
  static func write(_ text: String) throws(OutputError) {
    do throws(SystemError) {
      try writeAll(Array(text.utf8), to: STDOUT_FILENO)
    } catch {
      if error.code != EPIPE { throw OutputError(cause: error) }
    }
  }

  /// Writes lines to standard error. Losing them is nobody's concern.
  static func printError(_ text: String) {
    try? writeAll(Array((SafeText.escapedLines(text) + "\n").utf8), to: STDERR_FILENO)
  }

  /// The environment variable MITTR_SANDBOX_API_KEY; nil when it is not set or empty.
  static var apiKey: String? {
    guard let value = getenv("MITTR_SANDBOX_API_KEY"), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// All environment variables.
  static var environment: [String: String] {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let parts = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      next += 1
    }
    return variables
  }
}

/// Standard output takes nothing.
struct OutputError: Error, CustomStringConvertible {
  let cause: SystemError

  var description: String { "cannot write to standard output: \(cause.text)" }
}
