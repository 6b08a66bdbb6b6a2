import Interpreter
import MittrSDK
import ShellCommands
import Synchronization
import TestSupport
import Testing

@Suite("events wait --background", .timeLimit(.minutes(1)))
struct BackgroundWaitTests {
  /// A session at a prompt, and the notices that it was told.
  private final class Prompt {
    let session: Session
    let errors = MemorySink()
    let notices: AsyncStream<String>

    init(_ api: ScriptedAPI, isInteractive: Bool = true, clock: SessionClock = SessionClock()) {
      let host = StreamHost(
        output: MemorySink(), errors: errors, files: MemoryFiles(files: [:], standardInput: []), clock: clock,
        now: { 0 })
      session = Session(registry: .shell, host: host, options: SessionOptions(isInteractive: isInteractive))
      let client = Mittr(apiKey: "mtr_test", baseURL: "https://mittr.test", transport: api)
      session[ClientProviderKey.self] = ClientProvider { () async throws(Failure) in client }
      let (stream, continuation) = AsyncStream<String>.makeStream()
      notices = stream
      host.notify = { continuation.yield($0) }
    }

    func run(_ line: String) async -> Int32 { await session.run(SourceText(name: "line", text: line)) }

    func notice() async -> String? {
      for await notice in notices { return notice }
      return nil
    }
  }

  private static func api(_ answers: [String]) -> ScriptedAPI {
    let left = Mutex(answers)
    return ScriptedAPI { request throws(TransportError) in
      .json(
        left.withLock { left in
          let answer = left[0]
          if left.count > 1 { left.removeFirst() }
          return answer
        })
    }
  }

  @Test(
    "the prompt comes back at once, and how the wait ended is told",
    arguments: [
      (#"{"id": "evt_1", "status": "delivered", "attempts": 3}"#, "evt_1 was delivered after 3 attempts"),
      (#"{"id": "evt_1", "status": "delivered", "attempts": 1}"#, "evt_1 was delivered after 1 attempt"),
      (#"{"id": "evt_1", "status": "dead", "lastError": "HTTP 500"}"#, "evt_1 is dead: HTTP 500"),
      (#"{"id": "evt_1", "status": "dead"}"#, "evt_1 is dead"),
    ])
  func told(answer: String, notice: String) async {
    let prompt = Prompt(Self.api([#"{"id": "evt_1", "status": "pending"}"#, answer]))
    #expect(await prompt.run("events wait evt_1 --background --every 10ms") == 0)
    #expect(await prompt.notice() == notice)
    #expect(prompt.errors.text == "")
  }

  @Test("ids come from a pipe too, and what is late is told as well")
  func late() async {
    let pauses = Pauses()
    let prompt = Prompt(Self.api([#"{"id": "evt_1", "status": "pending"}"#]), clock: pauses.clock)
    #expect(await prompt.run(#"[{id: "evt_1"}] | events wait --background --every 10s --timeout 15s"#) == 0)
    #expect(await prompt.notice() == "evt_1 is pending after 15s, not delivered")
    #expect(pauses.all == [.seconds(10), .seconds(5)])
  }

  @Test("without a prompt it is refused")
  func script() async {
    let prompt = Prompt(Self.api([#"{"id": "evt_1", "status": "delivered"}"#]), isInteractive: false)
    #expect(await prompt.run("events wait evt_1 --background") == 1)
    #expect(prompt.errors.text.contains("error[not-interactive]"), "\(prompt.errors.text)")
  }

  @Test("no more than 16 wait at a time, and an id is needed")
  func bounded() async {
    let prompt = Prompt(Self.api([#"{"id": "evt_1", "status": "pending"}"#]))
    let ids = (1...16).map { "evt_\($0)" }.joined(separator: " ")
    #expect(await prompt.run("events wait --background") != 0)
    #expect(await prompt.run("events wait \(ids) --background") == 0)
    #expect(await prompt.run("events wait evt_17 --background") == 1)
    #expect(prompt.errors.text.contains("error[too-many-waits]"), "\(prompt.errors.text)")
  }
}
