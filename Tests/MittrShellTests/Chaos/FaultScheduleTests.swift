import Interpreter
import MittrSDK
import MittrSandbox
import OrderedJSON
import Synchronization
import TestSupport
import Testing

@testable import MittrShell

/// Random days: how likely each fault is, how many requests go at a time and where the journal breaks off are all left to
/// chance, and what must hold is the same.
@Suite("Replaying under random faults", .timeLimit(.minutes(5)))
struct FaultScheduleTests {
  private static let faults = [
    "reset-before", "reset-during", "reset-after", "half", "stall-before", "stall", "slow", "close", "bad-json",
    "500", "500-after", "503", "429", "429-guard",
  ]

  @Test(
    "Whatever befalls it, a run does each item once at most, leaves none out, and lists what it cannot know",
    arguments: 1...10 as ClosedRange<UInt64>)
  func schedule(seed: UInt64) async throws {
    let folder = try TemporaryFolder()
    let journal = folder.path + "/run.jsonl"
    var chance = SplitMix64(seed: seed)
    var configuration = SandboxConfiguration()
    configuration.seed = .count(120)
    configuration.faults = try FaultPlan(Self.plan(&chance))
    configuration.faults?.seed = seed
    let concurrency = Int.random(in: 1...24, using: &chance)
    try await Sandbox.with(configuration) { sandbox in
      let all = try await Self.delivered(sandbox)
      var shownDone: Set<String> = []
      var status: Int32 = 1
      for run in 1...30 where status == 1 {
        // In the first runs the journal breaks off anywhere, and with it all that the shell knows: as if it was killed.
        let room = run <= 4 ? Int.random(in: 0..<8000, using: &chance) : .max
        let output = MemorySink()
        let shell = Shell(
          arguments: [
            "--base-url", sandbox.baseURL, "--no-config", "--timeout", "300ms", "-c",
            "events list --status delivered --all | replay --journal \(journal) --concurrency \(concurrency)",
          ],
          environment: ["MITTR_API_KEY": sandbox.apiKey], output: output, errors: MemorySink(),
          files: DyingFiles(room: room), terminal: TerminalState(), clock: StandingTime().clock)
        status = await shell.run()
        if room == .max { shownDone.formUnion(Self.done(output.text)) }
      }
      #expect(status == 0 || status == 3)

      let reading = try JournalReading(journal)
      let replays = try await Self.replays(sandbox)
      let (done, undone, unknown) = (reading.ids("done"), reading.ids("refused", "failed"), reading.ids("unknown"))
      #expect(replays.values.allSatisfy { $0 == 1 })
      #expect(done.allSatisfy { replays[$0] == 1 })
      #expect(undone.allSatisfy { replays[$0] == nil })
      #expect(reading.open.isEmpty)
      #expect(done.union(undone).union(unknown) == all)
      #expect(done.count + undone.count + unknown.count == all.count)
      #expect(shownDone.isSubset(of: done))
    }
  }

  private static func plan(_ chance: inout SplitMix64) -> String {
    faults.map { fault in
      // Some kinds are absent on some days.
      let rate = Bool.random(using: &chance) ? Double.random(in: 0..<0.08, using: &chance) : 0
      return switch fault {
      case "429-guard": "\(fault):\(rate / 8)@replays"
      // Reads would really wait.
      case "429", "503", "stall", "stall-before": "\(fault):\(rate / 2)@replays"
      // A list that cannot be read ends a run.
      case "bad-json": "\(fault):\(rate)@replays"
      default: "\(fault):\(rate)"
      }
    }.joined(separator: ",")
  }

  /// Asked for again and again, since reads fail, too.
  private static func delivered(_ sandbox: RunningSandbox) async throws -> Set<String> {
    let client = Mittr(
      apiKey: sandbox.apiKey, baseURL: sandbox.baseURL, retryPolicy: RetryPolicy(maximumAttempts: 50),
      timeout: .seconds(1))
    var ids: Set<String> = []
    for try await event in client.events.iterate(EventListParameters(status: "delivered")) {
      ids.insert(event.id)
    }
    await client.shutdown()
    return ids
  }

  private static func replays(_ sandbox: RunningSandbox) async throws -> [String: Int] {
    let client = Mittr(apiKey: sandbox.apiKey, baseURL: sandbox.baseURL)
    let stats = try await client.request("GET", "/_sandbox/stats")
    await client.shutdown()
    return Dictionary(
      (stats["replays"]?.objectValue ?? [:]).map { ($0.key, $0.value.intValue ?? -1) }, uniquingKeysWith: +)
  }

  private static func done(_ output: String) -> [String] {
    output.split(separator: "\n").compactMap { line in
      guard let record = try? JSONValue(parsing: String(line)), record["ok"] == true else { return nil }
      return record["id"]?.stringValue
    }
  }
}

/// The machine's files, but one that is to outlast everything takes only so many bytes.
private struct DyingFiles: FileAccess {
  let room: Int
  private let host = HostFiles()

  init(room: Int) { self.room = room }

  func read(_ path: String) throws(Failure) -> [UInt8] { try host.read(path) }
  func isRegular(_ path: String) -> Bool { host.isRegular(path) }
  func readStandardInput() throws(Failure) -> [UInt8] { [] }
  func open(_ path: String) throws(Failure) -> any ChunkReader { try host.open(path) }
  func openStandardInput() throws(Failure) -> any ChunkReader { try host.openStandardInput() }
  func create(_ path: String, _ mode: WritingMode) throws(Failure) -> any ChunkWriter { try host.create(path, mode) }
  func openDurable(_ path: String) throws(Failure) -> any DurableFile {
    DyingFile(try host.openDurable(path), room: room)
  }
}

private final class DyingFile: DurableFile {
  private let file: any DurableFile
  private let room: Mutex<Int>

  init(_ file: any DurableFile, room: Int) {
    self.file = file
    self.room = Mutex(room)
  }

  var size: Int { file.size }

  func read(at offset: Int, count: Int) throws(Failure) -> [UInt8] { try file.read(at: offset, count: count) }

  func append(_ bytes: [UInt8]) throws(Failure) {
    let part = room.withLock { room in
      let part = bytes.prefix(room)
      room -= part.count
      return part
    }
    if !part.isEmpty { try file.append(Array(part)) }
    if part.count < bytes.count { throw Failure("file-error", "no space left on device") }
  }

  func truncate(to size: Int) throws(Failure) { try file.truncate(to: size) }
  func checkPlace() throws(Failure) { try file.checkPlace() }
  func close() { file.close() }
}
