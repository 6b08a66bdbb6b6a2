import Basics
import MittrSDK
import OrderedJSON
import TestSupport

/// The built `mittr-sandbox` as a child process on a file that outlives it, so that it can be killed and started again on
/// the same port.
///
/// It delivers what is replayed, so that the event is soon delivered again: a second replay would be served, and counted.
final class ChaosSandbox {
  static let key = "mtr_sandbox"

  private let data: String
  private let events: Int
  private var process: pid_t?
  private var input: Pipe?
  private(set) var baseURL = ""

  /// Starts one that no fault befalls.
  init(data: String, events: Int) async throws {
    self.data = data
    self.events = events
    try await start(faults: nil, seed: 0)
  }

  deinit { kill() }

  /// Kills it, as `kill -9` does, and starts it again.
  func restart(faults: String?, seed: UInt64) async throws {
    kill()
    try await start(faults: faults, seed: seed)
  }

  func kill() {
    guard let process else { return }
    _ = systemKill(process, SIGKILL)
    waitpid(process, nil, 0)
    self.process = nil
  }

  private func start(faults: String?, seed: UInt64) async throws {
    let port = baseURL.split(separator: ":").last ?? "0"
    let (input, output) = (try Pipe(), try Pipe())
    var command = [
      try BuiltProgram.path("mittr-sandbox"), "--data", data, "--seed", "\(events)", "--exit-with-stdin",
      "--port", "\(port)",
    ]
    if let faults { command += ["--fault", faults, "--fault-seed", "\(seed)"] }
    process = try BuiltProgram.start(
      command, environment: [:], descriptors: [input.readEnd, output.writeEnd, STDERR_FILENO])
    input.closeReadEnd()
    output.closeWriteEnd()
    self.input = input
    let line = await blocking { String(decoding: output.read(), as: UTF8.self) }
    guard line.hasPrefix("http://"), line.hasSuffix("\n") else { throw TestFailure("the sandbox said '\(line)'") }
    baseURL = String(line.dropLast())
  }

  /// How often each event was really replayed, over the file's whole life.
  func replays() async throws -> [String: Int] {
    let client = Mittr(apiKey: Self.key, baseURL: baseURL)
    let stats = try await client.request("GET", "/_sandbox/stats")
    await client.shutdown()
    return Dictionary(
      (stats["replays"]?.objectValue ?? [:]).map { ($0.key, $0.value.intValue ?? -1) }, uniquingKeysWith: +)
  }

  /// The ids of all events with a status.
  func ids(status: String) async throws -> Set<String> {
    let client = Mittr(apiKey: Self.key, baseURL: baseURL)
    var ids: Set<String> = []
    for try await event in client.events.iterate(EventListParameters(status: EventStatus(rawValue: status))) {
      ids.insert(event.id)
    }
    await client.shutdown()
    return ids
  }
}

/// `kill` of the C library, by a name that the method above does not hide.
private func systemKill(_ process: pid_t, _ number: Int32) -> Int32 { kill(process, number) }
