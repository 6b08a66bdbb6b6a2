import Basics
import OrderedJSON
import Synchronization
import TestSupport

/// The same command again and again on one journal, whatever ended it the last time.
final class ChaosRun {
  /// When a process is killed.
  enum Instant {
    /// So long after its start.
    case time(Duration)
    /// When the journal has grown to this size, and a little later.
    case size(Int, delay: Duration)
  }

  let journal: String
  private let baseURL: String
  private(set) var killed = 0
  /// What the shell has shown as done.
  private(set) var shownDone: Set<String> = []

  init(baseURL: String, journal: String) {
    self.baseURL = baseURL
    self.journal = journal
  }

  var journalSize: Int {
    var status = stat()
    return stat(journal, &status) == 0 ? Int(status.st_size) : 0
  }

  private func process(_ code: String) throws -> ShellProcess {
    let process = try ShellProcess(
      ["--base-url", baseURL, "--no-config", "--timeout", "1s", "-c", code],
      environment: ["MITTR_API_KEY": ChaosSandbox.key])
    process.closeInput()
    return process
  }

  /// Runs some code to its end.
  func shell(_ code: String) async throws -> ShellProcess.End { try await process(code).end() }

  private var command: String {
    "events list --status delivered --all | replay --journal \(journal) --concurrency 16 | select id ok"
  }

  /// Runs the command until it is killed.
  /// - Parameter meanwhile: done once the process is on its way, with the journal grown by some 100 items.
  func run(killedAt instant: Instant, meanwhile: (() async throws -> Void)? = nil) async throws {
    for _ in 0..<10 {
      let process = try process(command)
      let hasEnded = Atomic<Bool>.Box()
      let end = Task {
        let end = await process.end()
        hasEnded.value.store(true, ordering: .releasing)
        return end
      }
      if let meanwhile {
        await wait(for: .size(journalSize + 25_000, delay: .zero), unless: hasEnded)
        try await meanwhile()
      }
      await wait(for: instant, unless: hasEnded)
      if !hasEnded.value.load(ordering: .acquiring) { process.signal(SIGKILL) }
      let ended = await end.value
      note(ended)
      // A run may end by itself before: a list that could not be had, say.
      if ended.status == nil { return }
    }
    throw TestFailure("the run is never there when it is to be killed")
  }

  private func wait(for instant: Instant, unless hasEnded: Atomic<Bool>.Box) async {
    switch instant {
    case .time(let time): try? await Task.sleep(for: time)
    case .size(let size, let delay):
      while journalSize < size, !hasEnded.value.load(ordering: .acquiring) {
        try? await Task.sleep(for: .milliseconds(1))
      }
      try? await Task.sleep(for: delay)
    }
  }

  /// Runs the command until it comes to its end by itself.
  func finish() async throws -> ShellProcess.End {
    for _ in 0..<10 {
      let end = try await shell(command)
      note(end)
      // A list that could not be had, or a server out of reach, is a reason to go on a little later.
      if end.status != nil, end.status != 1 { return end }
    }
    throw TestFailure("the run does not come to its end")
  }

  private func note(_ end: ShellProcess.End) {
    if end.status == nil { killed += 1 }
    for line in end.lines {
      // The last line of a killed process may be cut off.
      guard let record = try? JSONValue(parsing: line), record["ok"] == true, let id = record["id"]?.stringValue else {
        continue
      }
      shownDone.insert(id)
    }
  }
}

extension Atomic where Value == Bool {
  /// A flag that several tasks can hold.
  fileprivate final class Box: Sendable {
    let value = Atomic(false)
  }
}
