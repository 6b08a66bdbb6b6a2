import Interpreter
import MittrSDK
import OrderedJSON
import ShellCommands
import Synchronization
import TestSupport

/// Runs a script on the shell's commands, with everything around it in memory.
struct CommandRun {
  let output: String
  let errors: String
  let status: Int32
  /// What was asked.
  let questions: [String]
  /// What was told beside the statement that ran.
  let notices: [String]

  var lines: [String] { output.split(separator: "\n").map(String.init) }

  /// - Parameters:
  ///   - answer: what a person says to questions; nil when nobody can be asked.
  ///   - now: seconds since 1970.
  ///   - storage: files that several runs share.
  init(
    _ script: String, on transport: any Transport = ScriptedAPI(events: 0), files: [String: [UInt8]] = [:],
    standardInput: [UInt8] = [], environment: [String: String] = [:], answer: Bool? = nil, isDryRun: Bool = false,
    arguments: [String] = [], now: Double = 1_767_225_600, clock: SessionClock? = nil, storage: MemoryFiles? = nil,
    stopping: StopSignal? = nil, progress: (any ProgressDisplay)? = nil, baseURL: String = "https://mittr.test",
    prompter: (any Prompter)? = nil, isConnected: Bool = true, browser: (any RecordBrowser)? = nil,
    tour: (any TourGuide)? = nil, aliases: Aliases? = nil, transcript: MemoryTranscript? = nil,
    programs: (any ProgramRunner)? = nil,
    clipboard: (any Clipboard)? = nil
  ) async {
    let client = Mittr(
      apiKey: "mtr_test", baseURL: baseURL, transport: transport,
      environment: ClientEnvironment(
        sleep: { _ in try Task.checkCancellation() }, randomFraction: { 0 }, newIdempotencyKey: { "key" },
        now: { .seconds(now) }))
    await self.init(
      script, client, files: files, standardInput: standardInput, environment: environment, answer: answer,
      isDryRun: isDryRun, arguments: arguments, now: now, clock: clock, storage: storage, stopping: stopping,
      progress: progress, prompter: prompter, isConnected: isConnected, browser: browser,
      tour: tour, aliases: aliases, transcript: transcript, programs: programs, clipboard: clipboard)
  }

  init(
    _ script: String, _ client: Mittr, files: [String: [UInt8]] = [:], standardInput: [UInt8] = [],
    environment: [String: String] = [:], answer: Bool? = nil, isDryRun: Bool = false, arguments: [String] = [],
    profiles: ScriptedProfiles = ScriptedProfiles(), now: Double, clock: SessionClock? = nil,
    storage: MemoryFiles? = nil, stopping: StopSignal? = nil, progress: (any ProgressDisplay)? = nil,
    prompter: (any Prompter)? = nil, isConnected: Bool = true, browser: (any RecordBrowser)? = nil,
    tour: (any TourGuide)? = nil, aliases: Aliases? = nil, transcript: MemoryTranscript? = nil,
    programs: (any ProgramRunner)? = nil,
    clipboard: (any Clipboard)? = nil
  ) async {
    let (output, errors, asked) = (MemorySink(), MemorySink(), MemorySink())
    let host = StreamHost(
      output: output, errors: errors, files: storage ?? MemoryFiles(files: files, standardInput: standardInput),
      environment: environment, now: { now })
    if let clock { host.clock = clock }
    if let stopping { host.stopping = stopping }
    host.progress = progress
    host.prompter = answer.map { ScriptedPrompter(answer: $0, asked: asked) }
    let notices = Notices()
    host.notify = notices.add
    if let prompter { host.prompter = prompter }
    host.browser = browser
    let session = Session(registry: .shell, host: host, arguments: arguments)
    session.isDryRun = isDryRun
    if isConnected { session[ClientProviderKey.self] = ClientProvider { () async throws(Failure) in client } }
    session[ProfilesKey.self] = profiles
    session[TourGuideKey.self] = tour
    session[AliasesKey.self] = aliases
    session[TranscriptKey.self] = transcript
    session[ProgramRunnerKey.self] = programs
    session[ClipboardKey.self] = clipboard
    session.provideDeliveries()
    status = await session.run(SourceText(name: "test.mittr", text: script))
    await session[ReceiverKey.self]?.stop()
    self.output = output.text
    self.errors = errors.text
    questions = asked.text.split(separator: "\n").map(String.init)
    self.notices = notices.all
  }

  private final class Notices: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }
    var add: @Sendable (String) -> Void { { text in self.texts.withLock { $0.append(text) } } }
  }
}

/// Answers every question in the same way, and keeps them.
private final class ScriptedPrompter: Prompter {
  private let answer: Bool
  private let asked: MemorySink

  init(answer: Bool, asked: MemorySink) {
    self.answer = answer
    self.asked = asked
  }

  func confirm(_ question: String) async -> Bool {
    try? asked.write(Array((question + "\n").utf8))
    return answer
  }

  func text(_ question: String, until end: PromptEnd) async throws(Interruption) -> [UInt8] { throw .cancelled }
  func secret(_ question: String) async throws(Interruption) -> String { throw .cancelled }
}
