import Basics
import MittrSDK
import OrderedJSON
import TestSupport
import Testing

@testable import MittrSandbox

/// The operator's worst day, with the built programs: every fault at once, the shell killed again and again, and the server
/// too. The sandbox's own counters are the judge.
@Suite("Replaying through chaos", .timeLimit(.minutes(10)))
struct ChaosTests {
  private static let events = 5000
  private static let kills = 20

  /// Every fault that there is, all at once.
  private static let badDay = """
    reset-before:0.01,reset-during:0.01,reset-after:0.01,half:0.01,stall-before:0.001,stall:0.001,slow:0.003,close:0.01,\
    bad-json:0.01@replays,500:0.01,500-after:0.01,503:0.0005,429:0.001,429-guard:0.0004@replays
    """

  /// A seed by which exactly two of the replays are refused however often they are asked for: each such refusal makes the
  /// run wait for seconds, and without any there may be nothing left to retry in the end.
  private static func seed(of ids: Set<String>) throws -> UInt64? {
    var day = try FaultPlan(badDay)
    return (1...1000).first { seed in
      day.seed = seed
      let refused = ids.lazy.filter { id in
        let path = "/api/v1/events/\(id)/replay"
        return day.decision(number: 0, method: "POST", path: path, target: path)?.fault == .guarded
      }
      return refused.prefix(3).count == 2
    }
  }

  @Test("5,000 replays, killed 20 times: none happens twice, none is left out, and every unknown one is listed")
  func killed() async throws {
    let folder = try TemporaryFolder()
    var chance = SplitMix64(seed: 20)
    // Seven in ten of the sandbox's own events are delivered.
    let sandbox = try await ChaosSandbox(data: folder.path + "/sandbox.db", events: Self.events * 10 / 7 + 200)
    let all = try await sandbox.ids(status: "delivered")
    #expect(all.count >= Self.events)
    let seed = try #require(try Self.seed(of: all))
    try await sandbox.restart(faults: Self.badDay, seed: seed)

    let run = ChaosRun(baseURL: sandbox.baseURL, journal: folder.path + "/run.jsonl")
    // The journal grows by some 250 bytes an item. A fifth of the kills comes sooner after the start than anything is
    // written; the others when the journal has grown to a size that is left to chance.
    let sizes = (0..<Self.kills * 4 / 5).map { _ in Int.random(in: 0..<all.count * 200, using: &chance) }.sorted()
    var instants = sizes.map { ChaosRun.Instant.size($0, delay: .milliseconds(Int.random(in: 0...30, using: &chance))) }
    for _ in sizes.count..<Self.kills {
      instants.insert(
        .time(.milliseconds(Int.random(in: 0...500, using: &chance))),
        at: Int.random(in: 0...instants.count, using: &chance))
    }
    let newcomers = Newcomers(baseURL: sandbox.baseURL)
    for (number, instant) in instants.enumerated() {
      if number == Self.kills / 3 || number == Self.kills * 2 / 3 {
        // The server is killed under a shell that runs, and the bad day begins again when it comes back.
        try await run.run(killedAt: instant) { try await sandbox.restart(faults: Self.badDay, seed: seed) }
      } else {
        try await run.run(killedAt: instant)
      }
    }
    #expect(run.killed == Self.kills)
    newcomers.stop()
    let end = try await run.finish()
    #expect(end.status == 3)

    // The counters are the judge of what the journal says.
    let journal = try JournalReading(run.journal)
    let replays = try await sandbox.replays()
    let (done, unknown) = (journal.ids("done"), journal.ids("unknown"))
    let undone = journal.ids("refused", "failed")
    #expect(replays.values.allSatisfy { $0 == 1 })
    #expect(done.allSatisfy { replays[$0] == 1 })
    #expect(undone.allSatisfy { replays[$0] == nil })
    #expect(Set(replays.keys).subtracting(done).isSubset(of: unknown))
    #expect(journal.open.isEmpty)
    #expect(done.union(undone).union(unknown) == all)
    #expect(done.count + undone.count + unknown.count == all.count)
    #expect(done.count > all.count * 8 / 10)
    #expect(!unknown.isEmpty)
    #expect(!undone.isEmpty)
    // What the shell has shown as done, in whichever run, is done.
    #expect(run.shownDone.isSubset(of: done))
    let items = try await run.shell("journal items \(run.journal) --outcome unknown | get id")
    #expect(Set(items.lines) == unknown)
    #expect(items.lines.count == unknown.count)

    // The next day the sky is clear: what failed is done now, once, and nothing else is touched.
    try await sandbox.restart(faults: nil, seed: 0)
    let retry = try await run.shell("journal retry \(run.journal) | where .ok | get id")
    #expect(retry.status == 0)
    #expect(Set(retry.lines) == undone)
    let after = try await sandbox.replays()
    #expect(after.values.allSatisfy { $0 == 1 })
    #expect(Set(after.keys) == Set(replays.keys).union(undone))
  }
}

/// Sends events all the while, so that no page is what it was a moment before.
private final class Newcomers {
  private let task: Task<Void, Never>

  init(baseURL: String) {
    task = Task {
      let client = Mittr(apiKey: ChaosSandbox.key, baseURL: baseURL, timeout: .seconds(1))
      while !Task.isCancelled {
        let input = EventInput(json: ["destination": "http://127.0.0.1:9/", "payload": [:]])
        _ = try? await client.events.send(input)
        try? await Task.sleep(for: .milliseconds(50))
      }
      await client.shutdown()
    }
  }

  deinit { stop() }

  func stop() { task.cancel() }
}
