import Basics
import Interpreter
import ShellCommands

extension Shell {
  /// `mittr --test`: runs the tests of script files, each in a session and a sandbox of its own. It needs no server and no
  /// key, and takes none: what the environment says of them does not count.
  func runTests(_ options: ShellOptions) async -> Int32 {
    let sources: [SourceText]
    do throws(Failure) { sources = try testFiles(options.words) } catch {
      tell(error)
      return 2
    }
    let shell = Shell(
      // What a test prints is no part of the protocol.
      arguments: [], environment: environment.filter { !Self.ofServers.contains($0.key) }, output: errors,
      errors: errors, files: files, terminal: TerminalState(), now: now, clock: clock,
      newIdempotencyKey: newIdempotencyKey)
    var alone = options
    (alone.sandbox, alone.sandboxFile, alone.baseURL, alone.profile) = (true, nil, nil, nil)
    (alone.noConfig, alone.words, alone.color) = (true, [], .never)
    let settings = alone
    let runner = TestRunner(output: output, clock: clock) { _ throws(Failure) in try shell.testSession(settings) }
    var report = TestReport()
    let status = await InterruptWatcher.shared.run(StopSignal()) {
      report = await runner.run(sources)
      return report.exitStatus
    }
    if let path = options.reportJUnit {
      do throws(Failure) { try write(report.junit, to: path) } catch {
        tell(error)
        return max(status, 1)
      }
    }
    if let failure = output.failure {
      tell(failure)
      return max(status, 1)
    }
    return status == 130 ? InterruptWatcher.shared.exitStatus : status
  }

  private static let ofServers: Set<String> = [
    "MITTR_API_KEY", "MITTR_BASE_URL", "MITTR_PROJECT_ID", "MITTR_PROFILE",
  ]

  private func testSession(_ options: ShellOptions) throws(Failure) -> TestRunner.TestSession {
    let resolver = try ServerResolver(
      options: options.server, environment: environment, isInteractive: false, newIdempotencyKey: newIdempotencyKey)
    let session = makeSession(options, resolver, nil, isScript: true)
    guard bindVariables(options, in: session) else { throw Failure(.usage, "--var takes NAME=VALUE") }
    return TestRunner.TestSession(session) {
      await session[ReceiverKey.self]?.stop()
      await session[ClientProviderKey.self]?.close()
      await resolver.stop()
    }
  }

  private func write(_ text: String, to path: String) throws(Failure) {
    let writer = try files.create(path, .replace)
    do throws(Failure) {
      try writer.write(Array(text.utf8))
      try writer.commit()
    } catch {
      writer.discard()
      throw error
    }
  }

  // MARK: Files

  /// The files named, and those that lie in a folder named and in the folders in it: all whose names end in `.mittr`.
  private func testFiles(_ names: [String]) throws(Failure) -> [SourceText] {
    guard !names.isEmpty else { throw Failure(.usage, "--test needs files or folders: mittr --test tests/") }
    if let option = names.first(where: { $0.hasPrefix("-") }) {
      throw Failure(.usage, "options stand before the files: \(ShellOptions.shown(option))")
    }
    var paths: [String] = []
    for name in names {
      if files.isRegular(name) {
        paths.append(name)
      } else {
        let folder = name.count > 1 && name.hasSuffix("/") ? String(name.dropLast()) : name
        let found = try scripts(in: folder, depth: 0)
        guard !found.isEmpty else { throw Failure(.usage, "no file below \(ShellOptions.shown(name)) ends in .mittr") }
        paths += found
      }
    }
    var sources: [SourceText] = []
    for path in paths { sources.append(SourceText(name: path, path: path, bytes: try files.read(path))) }
    return sources
  }

  /// A folder that leads back to itself comes to an end here.
  private static let deepestFolder = 32

  private func scripts(in folder: String, depth: Int) throws(Failure) -> [String] {
    guard depth < Self.deepestFolder else { return [] }
    var paths: [String] = []
    for entry in try files.entries(of: folder).sorted(by: { $0.name < $1.name }) where !entry.name.hasPrefix(".") {
      let path = "\(folder)/\(entry.name)"
      if entry.isFolder {
        paths += try scripts(in: path, depth: depth + 1)
      } else if entry.name.hasSuffix(".mittr") {
        paths.append(path)
      }
    }
    return paths
  }
}
