import MittrSDK
import OrderedJSON
import ShellCommands
import Synchronization
import TestSupport
import Testing

@testable import Interpreter

/// Programs that are evaluated, with all commands: files are in memory, time passes by itself, and the server answers from
/// chance.
enum ProgramFuzz {
  /// All but what listens on a port.
  private static let commands = CommandRegistry.shell.commands.filter { $0.name != "listen" }
  private static let registry = CommandRegistry(commands)

  static func run(_ run: FuzzRun) async {
    while var random = run.next() {
      let program = ProgramGenerator.program(&random, commands: commands)
      run.begin(program)
      let status = await evaluate(program, &random)
      #expect(0...255 ~= status)
      run.count(1)
    }
  }

  private static func evaluate(_ program: [UInt8], _ random: inout FuzzRandom) async -> Int32 {
    let host = StreamHost(
      output: BoundedSink(), errors: BoundedSink(), files: files,
      environment: ["NAME": "value", "MITTR_WEBHOOK_SECRET": "whsec_0123456789abcdef"], now: { 1_767_225_600 })
    let rendering = RenderingOptions(
      mode: random.pick(RenderingOptions.Mode.allCases), isTerminal: random.once(in: 2), width: 1 + random.below(120))
    host.clock = clock()
    let isDryRun = random.once(in: 8)
    var options = SessionOptions(rendering: rendering)
    options.assumesYes = random.once(in: 2)
    options.reportsJSON = random.once(in: 8)
    let answer = random.once(in: 2)
    host.prompter = random.once(in: 2) ? Answerer(answer) : nil
    let session = Session(registry: registry, host: host, options: options, arguments: ["a", "2h"])
    session.isDryRun = isDryRun
    let client = Mittr(
      apiKey: "mtr_test", baseURL: "https://mittr.test", transport: ChanceTransport(seed: random.next()),
      environment: ClientEnvironment(
        sleep: { _ in try Task.checkCancellation() }, randomFraction: { 0 }, newIdempotencyKey: { "key" },
        now: { .seconds(1_767_225_600) }))
    session[ClientProviderKey.self] = ClientProvider { () async throws(Failure) in client }
    session.provideDeliveries()
    let evaluation = Task { await session.run(SourceText(name: "fuzz", bytes: program)) }
    // Some programs have work for years, such as `range 1 9223372036854775807 | count`: a person would press Ctrl-C.
    let person = Task {
      try await Task.sleep(for: .seconds(1))
      evaluation.cancel()
    }
    defer { person.cancel() }
    return await evaluation.value
  }

  private static var files: MemoryFiles {
    MemoryFiles(
      files: [
        "events.jsonl": Array("{\"id\": \"evt_1\", \"status\": \"failed\"}\n{\"id\": \"evt_2\", \"n\": 2}\n".utf8),
        "notes.txt": Array("\u{FEFF}a\nb\n".utf8), "data.csv": Array("id,n\n1,2\n\"3\",\"x\"\"y\"\n".utf8),
        "data.json": Array("\u{FEFF}[{\"a\": \"\\ud83d\"}, 1]".utf8),
        "library.mittr": Array("def greet(name) { \"hello \\($name)\" }\n".utf8),
      ], standardInput: Array("[1, 2]".utf8))
  }

  /// Time passes by waiting alone. Who waits without end is stopped some time.
  private static func clock() -> SessionClock {
    let passed = Mutex((time: Duration.zero, waits: 0))
    return SessionClock(
      uptime: { passed.withLock { $0.time } },
      sleep: { duration in
        let waits = passed.withLock { passed in
          passed.time += min(duration, .seconds(1 << 30))
          passed.waits += 1
          return passed.waits
        }
        if waits > 200 { throw CancellationError() }
        try Task.checkCancellation()
      })
  }
}

/// A server that answers by chance: mostly with what the path asks for, and often with something wrong in it.
private final class ChanceTransport: Transport {
  private let random: Mutex<FuzzRandom>
  private let requests = Atomic(0)

  init(seed: UInt64) { random = Mutex(FuzzRandom(seed: seed)) }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let isLate = requests.wrappingAdd(1, ordering: .relaxed).newValue > 60
    // A listing would go on as long as there is a next page.
    guard !isLate else {
      return TransportResponse(status: 404, body: Array(#"{"error": "gone", "code": "NOT_FOUND"}"#.utf8))
    }
    let answer: Result<TransportResponse, TransportError> = random.withLock { random in
      let isList = request.method == "GET" && (request.url.contains("?") || request.url.hasSuffix("s"))
      let isEvent = request.url.contains("/events")
      let body =
        isList
        ? (isEvent ? SampleData.page : SampleData.endpointPage) : isEvent ? SampleData.event : SampleData.endpoint
      switch random.below(16) {
      case 0:
        return .failure(
          TransportError(.connectionLost, mayHaveReachedServer: random.once(in: 2), message: "the cable was cut"))
      case 1:
        let status = random.pick([400, 401, 404, 409, 422, 429, 500, 503])
        let headers = random.once(in: 2) ? [HeaderField("Retry-After", random.pick(["1", "0", "x", "99999999"]))] : []
        return .success(
          TransportResponse(status: status, headers: headers, body: random.text(of: random.mutated(SampleData.error))))
      case 2...6: return .success(TransportResponse(status: 200, body: random.text(of: random.mutated(body))))
      default: return .success(TransportResponse(status: 200, body: Array(JSONWriter.compact.string(body).utf8)))
      }
    }
    return try answer.get()
  }
}

/// Answers every question in the same way, and knows no text.
private final class Answerer: Prompter {
  private let answer: Bool

  init(_ answer: Bool) { self.answer = answer }

  func confirm(_ question: String) async -> Bool { answer }
  func text(_ question: String, until end: PromptEnd) async throws(Interruption) -> [UInt8] { throw .cancelled }
  func secret(_ question: String) async throws(Interruption) -> String { throw .cancelled }
}
