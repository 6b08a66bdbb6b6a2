import Basics
import Interpreter
import MittrSDK

/// The machine: its clock, its environment, the person at its terminal.
enum Host {
  /// Seconds since 1970.
  static func now() -> Double { ClientEnvironment.timeSince1970() / .seconds(1) }

  static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let text = String(cString: pointer)
      if let mark = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
        variables[String(text[..<mark])] = String(text[text.utf8.index(after: mark)...])
      }
      entry += 1
    }
    return variables
  }

  /// Asks a question on the error stream and reads the answer from the terminal; only `y` and `yes` mean yes. What was
  /// typed or pasted before the question came is no answer to it. The end of the input means no, and so does cancelling.
  static func ask(_ question: String, errors: any ByteSink) async -> Bool {
    tcflush(STDIN_FILENO, TCIFLUSH)
    let shown = DisplayWidth.fitted(SafeText.escaped(question), width: longestQuestion)
    try? errors.write(Array("\(shown) [y/N] ".utf8))
    return await BlockingWork.run { isCancelled in answer(until: isCancelled, errors: errors) }
  }

  private static func answer(until isCancelled: () -> Bool, errors: any ByteSink) -> Bool {
    var answer: [UInt8] = []
    while !isCancelled() {
      var poller = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      // Short waits, so that Ctrl-C is noticed.
      guard poll(&poller, 1, 50) > 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        try? errors.write([UInt8(ascii: "\n")])
        return false
      }
      // A longer answer is no yes, however it goes on.
      if answer.count < 256 { answer += buffer[..<count] }
      guard buffer[count - 1] == UInt8(ascii: "\n") else { continue }
      let word = String(decoding: answer, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      return word.count == 1 && ["y", "yes"].contains(word[0].lowercased())
    }
    return false
  }

  /// In columns: a longer one would push what it is about off the screen.
  private static let longestQuestion = 400
}
