import Foundation
import Interpreter
import MittrSDK
import OrderedJSON
import ShellCommands
import TestSupport
import Testing

@Suite("Error codes")
struct ErrorCodeTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

  /// The texts of the files below a folder whose names end so, this one left out.
  private static func texts(in folder: String, ending: String) throws -> [String] {
    let paths = try #require(FileManager.default.enumerator(atPath: root + "/" + folder)).compactMap { $0 as? String }
    return try paths.filter { $0.hasSuffix(ending) && !$0.hasSuffix("ErrorCodeTests.swift") }.map { path in
      String(
        decoding: try #require(FileManager.default.contents(atPath: "\(root)/\(folder)/\(path)")), as: UTF8.self)
    }
  }

  private static let codes = CommandRegistry.shell.errorCodes.map { $0.rawValue }

  @Test("Each code that a source file says is in the list, and the list has each once")
  func declared() throws {
    #expect(Set(Self.codes).count == Self.codes.count)
    let pattern = #/\b(?:Failure|warn)\(\s*"(?<code>[a-z]+(?:-[a-z]+)*)",/#
    for text in try ["Interpreter", "ShellCommands", "MittrShell"].flatMap({
      try Self.texts(in: "Sources/" + $0, ending: ".swift")
    }) {
      for match in text.matches(of: pattern) { #expect(Self.codes.contains(String(match.output.code))) }
    }
  }

  @Test(
    "Each code that has a name stands in its list",
    arguments: [("Interpreter/Failures", "FailureCode+Language.swift"), ("ShellCommands/Registry", "ErrorCodes.swift")])
  func named(folder: String, file: String) throws {
    let text = try #require(try Self.texts(in: "Sources/" + folder, ending: file).first)
    let list = try #require(text.split(separator: ": [Failure.Code] = [", maxSplits: 1).last)
    let names = text.matches(of: #/static let (?<name>\w+) = Failure\.Code\(/#).map { $0.output.name }
    #expect(!names.isEmpty)
    let listed = Set(list.split { $0 == "," || $0.isWhitespace || $0 == "." })
    for name in names { #expect(listed.contains(name), "\(name)") }
  }

  @Test("Each code has a case that raises it")
  func raised() throws {
    let golden = try Self.texts(in: "Tests/Golden", ending: ".err")
    let tests = try Self.texts(in: "Tests", ending: "Tests.swift")
    for code in Self.codes {
      let isRaised =
        Self.cases.contains { $0.code == code } || golden.contains { $0.contains("[\(code)]") }
        || tests.contains { $0.contains(code) } || Self.codesOfTestsBelow.contains(code)
      #expect(isRaised, "\(code)")
    }
  }

  private static let codesOfTestsBelow: Set = ["bad-base-url", "port-in-use", "outcome-unknown"]

  static let cases: [(code: String, script: String)] = [
    ("bad-delivery", "{headers: {a: \"b\"}} | verify --secret whsec_test"),
    ("bad-headers", "verify --headers noise --body x --secret whsec_test"),
    ("listen-failed", "listen 0 --forward https://example.test"),
    ("bad-request", "verify --request empty --secret whsec_test"),
    ("no-connection", "events list"),
    ("not-explained", "[1] | each { source lib.mittr } --explain"),
    ("takes-no-journal", "events send order.created {n: 1} --journal j"),
  ]

  @Test("What is wrong has the code that the list says", arguments: Self.cases)
  func scripts(code: String, script: String) async {
    let run = await CommandRun(
      script, files: ["empty": [], "noise": Array("{\"a\"\n\nb".utf8)],
      environment: ["https_proxy": "ftp://proxy.test"],
      isConnected: code != "no-connection")
    #expect(run.errors.contains("[\(code)]"), "\(run.errors)")
  }

  @Test("A base URL that is none is told before a journal is begun")
  func badBaseURL() async {
    let run = await CommandRun("replay evt_1 evt_2 --journal j", baseURL: "nonsense")
    #expect(run.errors.contains("error[bad-base-url]: the base URL cannot be used"), "\(run.errors)")
  }

  @Test("A port that somebody has is told")
  func portInUse() async throws {
    let port = try ReservedPort()
    let run = await CommandRun("listen \(port.number)")
    #expect(
      run.errors.contains("error[port-in-use]: another program listens on port \(port.number) already"), "\(run.errors)"
    )
  }

  @Test("A change that was interrupted on its way is told, with the key under which it went out")
  func outcomeUnknown() async {
    let api = ScriptedAPI { _ throws(TransportError) in
      throw TransportError(.cancelled, mayHaveReachedServer: true, message: "the task was cancelled")
    }
    let run = await CommandRun("events send order.created {n: 1} --idempotency-key k1", on: api)
    #expect(run.errors.contains("warning[outcome-unknown]: the request had gone out"), "\(run.errors)")
    #expect(run.errors.contains("its idempotency key is k1"), "\(run.errors)")
    #expect(run.status == 130)
  }

  @Test("help errors lists each code, and so does the reference")
  func help() async throws {
    let page = await CommandRun("help errors").output
    let reference = ReferencePage.text(of: .shell)
    for code in Self.codes {
      #expect(page.contains("\n\(code) "), "\(code)")
      #expect(reference.contains("| `\(code)` | "), "\(code)")
    }
  }

  @Test("$err has what the server said: its body as it came, the request's id and how long to wait")
  func facts() async {
    let api = ScriptedAPI { _ in
      TransportResponse(
        status: 429, headers: [HeaderField("X-Request-Id", "req_7"), HeaderField("Retry-After", "5")],
        body: Array(#"{"code": "RATE_LIMITED", "error": "slow down", "limit": 1.50}"#.utf8))
    }
    let run = await CommandRun(
      "try { endpoints get ep_1 } catch err { print $err.body.limit $err.requestId $err.retryAfter $err.status }",
      on: api
    )
    #expect(run.output == "1.50 req_7 5 429\n", "\(run.errors)")
  }

  @Test("So has the outcome of each item of a bulk command, with the key under which it was sent")
  func outcomes() async throws {
    let api = ScriptedAPI { _ in
      TransportResponse(
        status: 409, headers: [HeaderField("X-Request-Id", "req_7")],
        body: Array(#"{"code": "CONFLICT", "error": "there already", "limit": 1.50}"#.utf8))
    }
    let run = await CommandRun("[{n: 1}, {n: 2}] | events send order.created", on: api)
    #expect(run.status == 3, "\(run.errors)")
    #expect(run.lines.count == 2)
    for line in run.lines {
      let error = try #require(try JSONValue(parsing: line)["error"])
      #expect(error["body"]?["limit"] == .number(JSONNumber("1.50")!))
      #expect(error["requestId"]?.stringValue == "req_7")
      #expect(error["idempotencyKey"]?.stringValue?.isEmpty == false)
    }
  }

  @Test(
    "A body that is no JSON is in $err, up to 4 KiB, and cut and escaped in the message", arguments: [3000, 10_000])
  func textBody(length: Int) async {
    let body = "\u{1B}[31mbad gateway" + String(repeating: "x", count: length)
    let api = ScriptedAPI { _ in TransportResponse(status: 404, body: Array(body.utf8)) }
    let caught = await CommandRun("try { endpoints get ep_1 } catch err { $err.body | length }", on: api)
    #expect(caught.output == "\(min(body.utf8.count, MittrError.maximumTextBytes))\n", "\(caught.errors)")
    let told = await CommandRun("endpoints get ep_1", on: api)
    #expect(told.errors.contains(#"\e[31mbad gateway"#))
    #expect(!told.errors.contains("\u{1B}") && told.errors.utf8.count < 1500, "\(told.errors.utf8.count)")
  }
}
