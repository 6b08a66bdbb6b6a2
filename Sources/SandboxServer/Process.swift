import Basics

/// What the program shares with the one that started it.
enum Process {
  static func printLine(_ text: String) { write(text, to: STDOUT_FILENO) }
  static func printError(_ text: String) { write(text, to: STDERR_FILENO) }

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

  /// Writes a line at once, past any buffer. Nobody may be reading any more; that is not this program's concern.
  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array((text + "\n").utf8)[...]
    while !rest.isEmpty {
      #if canImport(Glibc)
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      #elseif canImport(Musl)
        let count = rest.withUnsafeBytes { Musl.write(descriptor, $0.baseAddress, $0.count) }
      #else
        let count = rest.withUnsafeBytes { Darwin.write(descriptor, $0.baseAddress, $0.count) }
      #endif
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
