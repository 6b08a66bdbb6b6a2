import Basics
import MittrSandbox
import OrderedJSON
import TestSupport
import Testing

/// The built executable against a sandbox on a real socket, with a journal on a real disk.
@Suite("Bulk runs that end early", .timeLimit(.minutes(2)))
struct KilledRunTests {
  private let folder: TemporaryFolder
  private let script: String
  /// Goes on for so long that a test can do something meanwhile.
  private var slowScript: String { script.replacing("replay ", with: "replay --concurrency 4 ") }

  init() throws {
    folder = try TemporaryFolder()
    script = "events list --status delivered --all | replay --journal '\(folder.path)/j' | get id"
  }

  private func withSandbox(
    latency: Duration = .zero, _ body: (_ environment: [String: String]) async throws -> Void
  ) async throws {
    var configuration = SandboxConfiguration()
    configuration.seed = .count(200)
    configuration.delivers = false
    configuration.latency = latency
    let sandbox = try await Sandbox.start(configuration)
    let environment = ["MITTR_API_KEY": sandbox.apiKey, "MITTR_BASE_URL": sandbox.baseURL]
    do { try await body(environment) } catch {
      await sandbox.stop()
      throw error
    }
    await sandbox.stop()
  }

  /// How often each event was replayed, as the sandbox counted.
  private func replays(_ environment: [String: String]) async throws -> [String: Int] {
    let end = try await ShellProcess.run("-c", "api GET /_sandbox/stats | get replays", environment: environment)
    let counts = try #require(JSONValue(parsing: end.output).objectValue)
    return Dictionary(uniqueKeysWithValues: counts.map { ($0.key, $0.value.intValue ?? 0) })
  }

  @Test("killed with kill -9 again and again, it replays nothing twice, leaves nothing out, and lists what is unknown")
  func killed() async throws {
    try await withSandbox { environment in
      let list = try await ShellProcess.run(
        "-c", "events list --status delivered --all | get id", environment: environment)
      let ids = Set(list.lines)
      #expect(ids.count > 100)
      for outcomes in [1, 17, 40, 3, 25] {
        let process = try ShellProcess(["-c", script], environment: environment)
        var seen = 0
        while seen < outcomes {
          let text = await process.nextOutput()
          guard !text.isEmpty else { break }
          seen += text.filter { $0 == "\n" }.count
        }
        process.signal(SIGKILL)
        _ = await process.end()
      }
      let last = try await ShellProcess.run("-c", script, environment: environment)
      let counts = try await replays(environment)
      let listing = try await JournalListing(of: folder.path + "/j", against: counts, environment: environment)
      #expect(listing.ids == ids)
      #expect(counts.values.allSatisfy { $0 == 1 })
      #expect(last.status == (listing.hasUnknown ? 3 : 0))
    }
  }

  @Test("the journal belongs to its owner alone, and to one process at a time")
  func file() async throws {
    try await withSandbox(latency: .milliseconds(200)) { environment in
      let process = try ShellProcess(["-c", slowScript], environment: environment)
      _ = await process.nextOutput()
      var status = stat()
      #expect(stat(folder.path + "/j", &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600)
      let other = try await ShellProcess.run("-c", script, environment: environment)
      #expect(other.status == 1)
      #expect(other.errors.hasPrefix("error[file-in-use]: \(folder.path)/j is in use by another process\n"))
      process.signal(SIGKILL)
      _ = await process.end()
      // The lock ends with the process.
      let show = try await ShellProcess.run(
        "-c", "[] | replay --journal '\(folder.path)/j' | count", environment: environment)
      #expect(show.status == 0)
    }
  }

  @Test(
    "the first signal lets what is under way end",
    arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func stopped(signal: Int32, status: Int32) async throws {
    try await withSandbox(latency: .milliseconds(100)) { environment in
      let process = try ShellProcess(["-c", slowScript + "; print never"], environment: environment)
      let first = await process.nextOutput()
      process.signal(signal)
      let end = await process.end()
      #expect(end.status == status)
      #expect(end.errors.hasSuffix("; the same command with the same --journal goes on\n"))
      let shown = (first + end.output).split(separator: "\n")
      #expect(!shown.contains("never"))
      let counts = try await replays(environment)
      #expect(Set(shown.map(String.init)) == Set(counts.keys))
      let show = try await ShellProcess.run(
        "-c", "journal show '\(folder.path)/j' | select done open", environment: environment)
      #expect(show.output == "{\"done\":\(counts.count),\"open\":0}\n")
    }
  }
}
