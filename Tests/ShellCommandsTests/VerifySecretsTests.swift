import Interpreter
import MittrSDK
import MittrWebhooks
import OrderedJSON
import Synchronization
import Testing

@Suite("The secret that verify takes")
struct VerifySecretsTests {
  private static let given =
    "--signature \(VerifyInputTests.digest) --timestamp 1706123456 --body @b --now 1706123456"

  private static let endpoints = [("ep_1", "whsec_other"), ("ep_2", "whsec_test"), ("ep_3", "whsec_third")]

  /// Three endpoints in pages of one.
  private static func api(hidesSecrets: Bool = false) -> ScriptedAPI {
    ScriptedAPI { request throws(TransportError) in
      func record(_ index: Int, _ isHidden: Bool) -> String {
        let secret = isHidden ? "" : #", "secret": "\#(endpoints[index].1)""#
        return #"{"id": "\#(endpoints[index].0)", "url": "https://a.example"\#(secret)}"#
      }
      if let index = endpoints.firstIndex(where: { request.target.hasSuffix("/endpoints/\($0.0)") }) {
        return .json(record(index, false))
      }
      let page = request.query("cursor").flatMap { Int($0) } ?? 0
      let next = page + 1 < endpoints.count ? #", "cursor": "\#(page + 1)""# : ""
      return .json(
        #"{"data": [\#(record(page, hidesSecrets))], "pagination": {"hasMore": \#(page + 1 < endpoints.count)\#(next)}}"#
      )
    }
  }

  private static func run(
    _ arguments: String, on api: ScriptedAPI = api(), body: String = VerifyInputTests.body
  ) async -> CommandRun {
    await CommandRun("verify \(arguments)", on: api, files: ["b": Array(body.utf8)])
  }

  @Test("--endpoint takes that endpoint's secret")
  func endpoint() async {
    let right = await Self.run("--endpoint ep_2 \(Self.given) | select reason endpoint")
    #expect(right.output.contains("ok") && right.output.contains("ep_2"), "\(right.output)\(right.errors)")
    let wrong = await Self.run("--endpoint ep_1 \(Self.given) | get .reason")
    #expect(wrong.output == "mismatch\n")
  }

  @Test("--any-endpoint finds the one that fits, to the last page, and names it", arguments: [true, false])
  func any(hidesSecrets: Bool) async {
    let run = await Self.run("--any-endpoint \(Self.given)", on: Self.api(hidesSecrets: hidesSecrets))
    let record = try? JSONValue(parsing: run.output)
    #expect(record?["reason"] == "ok", "\(run.errors)")
    #expect(record?["endpoint"] == "ep_2")
    let changed = await Self.run("--any-endpoint \(Self.given)", body: VerifyInputTests.body + "\n")
    let found = try? JSONValue(parsing: changed.output)
    #expect(found?["reason"] == "body-trailing-newline")
    #expect(found?["endpoint"] == "ep_2")
    let none = await Self.run("--any-endpoint \(Self.given)", body: "another")
    let nothing = try? JSONValue(parsing: none.output)
    #expect(nothing?["reason"] == "mismatch" && nothing?["endpoint"] == nil)
  }

  @Test("only one of them is taken")
  func conflicts() async {
    for (arguments, message) in [
      ("--endpoint a --secret s", "--secret has no place beside --endpoint"),
      ("--any-endpoint --secret s", "--secret has no place beside --any-endpoint"),
      ("--any-endpoint --endpoint a", "--endpoint has no place beside --any-endpoint"),
    ] {
      #expect(await Self.run("\(arguments) \(Self.given)").errors.contains(message))
    }
  }

  /// Gives answers in turn and remembers the questions.
  private final class AnsweringPrompter: Prompter {
    var texts: [String]
    var secrets: [String]
    private(set) var questions: [String] = []

    init(texts: [String], secrets: [String]) {
      self.texts = texts
      self.secrets = secrets
    }

    func confirm(_ question: String) async -> Bool { false }

    func text(_ question: String, until end: PromptEnd) async throws(Interruption) -> [UInt8] {
      questions.append(question)
      guard !texts.isEmpty else { throw .cancelled }
      return Array(texts.removeFirst().utf8)
    }

    func secret(_ question: String) async throws(Interruption) -> String {
      questions.append(question)
      guard !secrets.isEmpty else { throw .cancelled }
      return secrets.removeFirst()
    }
  }

  @Test("a person is asked again only for what was wrong")
  func asking() async {
    let headers = "X-Mittr-Timestamp: 1706123456\nX-Mittr-Signature: \(VerifyInputTests.digest)\nContent-Length: 35"
    let prompter = AnsweringPrompter(
      texts: ["no headers at all", "Host: a", headers, "", VerifyInputTests.body], secrets: ["", "whsec_test"])
    let run = await CommandRun("verify --now 1706123456 | get .reason", prompter: prompter)
    #expect(run.output == "ok\n", "\(run.errors)")
    #expect(
      prompter.questions.map { $0.split(separator: " ").prefix(3).joined(separator: " ") } == [
        "Paste the headers;", "Paste the headers;", "Paste the headers;", "Paste the body;", "Paste the body;",
        "The endpoint's secret", "The endpoint's secret",
      ])
    for told in ["These are no headers", "no X-Mittr-Signature among them", "it had 35 bytes", "The secret is empty."] {
      #expect(run.errors.contains(told), "\(run.errors)")
    }
    // Whoever has no other headers, and no body, says so by an empty answer.
    let short = AnsweringPrompter(texts: ["Host: a", "", ""], secrets: ["s"])
    #expect(await CommandRun("verify | get .reason", prompter: short).output == "missing-signature\n")
    let silent = AnsweringPrompter(texts: [headers, "x"], secrets: ["", "", ""])
    #expect(await CommandRun("verify", prompter: silent).errors.contains("the secret is empty"))
  }
}
