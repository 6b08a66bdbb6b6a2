import Basics
import OrderedJSON

/// What became of the tests of some files.
public struct TestReport: Sendable {
  public struct Result: Sendable {
    /// Why a test failed, masked and ready to be shown.
    public struct Reason: Sendable {
      public let message: String
      /// As `$err.code` has it.
      public let code: String
      public let file: String
      /// Counted from 1.
      public let line: Int
    }

    public let name: String
    /// The file that the test stands in, as it was named.
    public let file: String
    public let duration: Duration
    /// nil when it passed.
    public let reason: Reason?
  }

  public internal(set) var results: [Result] = []
  /// Whether a file has errors, so that none of its tests could run.
  public internal(set) var hasFaultyFile = false
  /// Whether it was cancelled before the last test.
  public internal(set) var isInterrupted = false

  public init() {}

  public var failures: Int { results.count { $0.reason != nil } }

  /// 0; 1 when a test failed; 2 when a file has errors; 130 when it was interrupted.
  public var exitStatus: Int32 { isInterrupted ? 130 : hasFaultyFile ? 2 : failures > 0 ? 1 : 0 }

  /// The report as JUnit writes it: a suite for each file.
  public var junit: String {
    var suites: [(file: String, results: [Result])] = []
    for result in results {
      if suites.last?.file == result.file {
        suites[suites.count - 1].results.append(result)
      } else {
        suites.append((result.file, [result]))
      }
    }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"mittr\" \(Self.totals(results))>\n"
    for suite in suites {
      text += "  <testsuite name=\"\(Self.escaped(suite.file))\" \(Self.totals(suite.results))>\n"
      text += suite.results.map { Self.testCase($0) }.joined()
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func totals(_ results: [Result]) -> String {
    let failures = results.count { $0.reason != nil }
    let duration = results.reduce(Duration.zero) { $0 + $1.duration }
    return "tests=\"\(results.count)\" failures=\"\(failures)\" errors=\"0\" time=\"\(seconds(duration))\""
  }

  private static func testCase(_ result: Result) -> String {
    let head =
      "    <testcase classname=\"\(escaped(result.file))\" name=\"\(escaped(result.name))\" "
      + "time=\"\(seconds(result.duration))\""
    guard let reason = result.reason else { return head + "/>\n" }
    return head + ">\n      <failure type=\"\(escaped(reason.code))\" message=\"\(escaped(reason.message))\">"
      + "\(escaped("\(reason.file):\(reason.line)"))</failure>\n    </testcase>\n"
  }

  /// `0.042`.
  private static func seconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let digits = String(attoseconds / 1_000_000_000_000_000)
    return "\(seconds).\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)"
  }

  /// Text for XML, in one line; control characters, which XML has no place for, as a terminal shows them.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in SafeText.escaped(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }

  /// What TAP says of a test.
  static func tap(_ result: Result, number: Int) -> String {
    let name = SafeText.escaped(result.name).replacing("\\", with: "\\\\").replacing("#", with: "\\#")
    guard let reason = result.reason else { return "ok \(number) - \(name)\n" }
    func text(_ text: String) -> String { SafeText.escapedJSON(JSONWriter.compact.string(.string(text))) }
    return """
      not ok \(number) - \(name)
        ---
        message: \(text(reason.message))
        code: \(text(reason.code))
        file: \(text(reason.file))
        line: \(reason.line)
        ...

      """
  }
}
