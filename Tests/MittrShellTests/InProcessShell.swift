import Basics
import Interpreter
import MittrSandbox
import Synchronization
import TestSupport

@testable import MittrShell

/// Runs `mittr` in this process, over a real socket to a sandbox with demo data, a clock that stands still, and ids and
/// idempotency keys that are always the same.
enum InProcessShell {
  struct Result {
    let output: String
    let errors: String
    let status: Int32
  }

  /// 2026-01-01T12:00:00Z, in seconds since 1970.
  static let now = 1_767_268_800.0

  /// - Parameter folder: what relative paths in scripts start from. A `profiles.toml` in it is the configuration file,
  ///   where `SANDBOX_URL` and `SANDBOX_KEY` stand for the sandbox's.
  static func run(
    _ arguments: [String], folder: String, environment changes: [String: String] = [:], standardInput: String = "",
    terminal: TerminalState = TerminalState()
  ) async throws -> Result {
    var configuration = SandboxConfiguration()
    configuration.seed = .demo
    configuration.fixedClock = Int64(now * 1000)
    configuration.deterministicIDs = true
    configuration.delivers = false
    let (output, errors) = (MemorySink(), MemorySink())
    let time = StandingTime()
    let keys = CountedKeys()
    let sandbox = try await Sandbox.start(configuration)
    var environment = [
      "MITTR_API_KEY": sandbox.apiKey, "MITTR_BASE_URL": sandbox.baseURL, "MITTR_WEBHOOK_SECRET": "whsec_test",
    ]
    let configurationFolder = try configurationFolder(folder + "/profiles.toml", sandbox)
    environment["XDG_CONFIG_HOME"] = configurationFolder?.path
    environment.merge(changes) { $1 }
    let shell = Shell(
      arguments: arguments, environment: environment,
      output: output, errors: errors, files: FolderFiles(folder: folder, standardInput: Array(standardInput.utf8)),
      terminal: terminal, now: { now }, clock: time.clock, newIdempotencyKey: { keys.next() })
    let status = await shell.run()
    await sandbox.stop()
    let place = (configurationFolder?.path ?? folder) + "/"
    let errorText = errors.text.split(separator: place, omittingEmptySubsequences: false).joined()
    return Result(output: output.text, errors: errorText, status: status)
  }

  private static func configurationFolder(
    _ profiles: String, _ sandbox: RunningSandbox
  ) throws -> TemporaryFolder? {
    guard access(profiles, R_OK) == 0 else { return nil }
    let text = TemporaryFolder.read(profiles)
      .replacing("SANDBOX_URL", with: sandbox.baseURL).replacing("SANDBOX_KEY", with: sandbox.apiKey)
    let folder = try TemporaryFolder()
    mkdir(folder.path + "/mittr", 0o700)
    _ = folder.write(text, to: "mittr/config.toml")
    return folder
  }
}

/// A time that goes on only where a script sleeps, and then at once.
final class StandingTime: Sendable {
  private let uptime = Mutex(Duration.zero)

  var clock: SessionClock {
    SessionClock(
      uptime: { self.uptime.withLock { $0 } }, sleep: { duration in self.uptime.withLock { $0 += duration } })
  }
}

/// The machine's files, relative paths counted from one folder. What a script writes goes to a folder of its own that is
/// gone afterwards, and is read from there.
final class FolderFiles: FileAccess {
  let folder: String
  let standardInput: [UInt8]
  private let host = HostFiles()
  /// Made with the first file that is written.
  private var written: TemporaryFolder?

  init(folder: String, standardInput: [UInt8]) {
    self.folder = folder
    self.standardInput = standardInput
  }

  func read(_ path: String) throws(Failure) -> [UInt8] {
    do throws(Failure) { return try host.read(absolute(path)) } catch { throw relative(error) }
  }

  func isRegular(_ path: String) -> Bool { host.isRegular(absolute(path)) }

  func entries(of folder: String) throws(Failure) -> [FolderEntry] {
    do throws(Failure) { return try host.entries(of: absolute(folder)) } catch { throw relative(error) }
  }

  func readStandardInput() throws(Failure) -> [UInt8] { standardInput }

  func open(_ path: String) throws(Failure) -> any ChunkReader {
    do throws(Failure) { return try host.open(absolute(path)) } catch { throw relative(error) }
  }

  func openStandardInput() throws(Failure) -> any ChunkReader { WholeChunk(standardInput) }

  func openDurable(_ path: String) throws(Failure) -> any DurableFile {
    guard !path.hasPrefix("/") else { return try host.openDurable(path) }
    do throws(Failure) {
      return try host.openDurable(try copied(path))
    } catch {
      throw relative(error)
    }
  }

  func create(_ path: String, _ mode: WritingMode) throws(Failure) -> any ChunkWriter {
    guard !path.hasPrefix("/") else { return try host.create(path, mode) }
    do throws(Failure) {
      let place = try copied(path)
      return try host.create(place, mode)
    } catch {
      throw relative(error)
    }
  }

  /// The path under the folder of what was written, with what the case has there, so that it may be found.
  private func copied(_ path: String) throws(Failure) -> String {
    if written == nil { written = try? TemporaryFolder() }
    guard let written else { throw Failure("file-error", "there is no temporary folder") }
    let place = written.path + "/" + path
    if access(place, F_OK) != 0, access(folder + "/" + path, F_OK) == 0 {
      if let bytes = try? host.read(folder + "/" + path) {
        _ = written.write(String(decoding: bytes, as: UTF8.self), to: path)
      } else {
        mkdir(place, 0o700)
      }
    }
    return place
  }

  private func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    if let written, access(written.path + "/" + path, F_OK) == 0 { return written.path + "/" + path }
    return folder + "/" + path
  }

  /// Messages name files as the script does, wherever the folder lies.
  private func relative(_ failure: Failure) -> Failure {
    var failure = failure
    for folder in [folder, written?.path].compactMap(\.self) {
      failure.message = failure.message.split(separator: folder + "/", omittingEmptySubsequences: false).joined()
    }
    return failure
  }
}

private final class WholeChunk: ChunkReader {
  private var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func next() throws(Failure) -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  func close() { bytes = [] }
}

/// Idempotency keys that are the same in every run.
private final class CountedKeys: Sendable {
  private let count = Atomic(0)

  func next() -> String { "key-\(count.add(1, ordering: .relaxed).newValue)" }
}
