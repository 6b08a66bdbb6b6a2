import Interpreter
import MittrSandbox
import TestSupport

@testable import MittrShell

/// Runs `mittr` in this process, over a real socket to a sandbox with demo data, a clock that stands still and ids that
/// are always the same.
enum InProcessShell {
  struct Result {
    let output: String
    let errors: String
    let status: Int32
  }

  /// 2026-01-01T12:00:00Z, in seconds since 1970.
  static let now = 1_767_268_800.0

  /// - Parameter folder: what relative paths in scripts start from.
  static func run(
    _ arguments: [String], folder: String, environment: [String: String] = [:], standardInput: String = "",
    terminal: TerminalState = TerminalState()
  ) async throws -> Result {
    var configuration = SandboxConfiguration()
    configuration.seed = .demo
    configuration.fixedClock = Int64(now * 1000)
    configuration.deterministicIDs = true
    configuration.delivers = false
    let (output, errors) = (MemorySink(), MemorySink())
    let sandbox = try await Sandbox.start(configuration)
    let shell = Shell(
      arguments: arguments,
      environment: [
        "MITTR_API_KEY": sandbox.apiKey, "MITTR_BASE_URL": sandbox.baseURL, "MITTR_WEBHOOK_SECRET": "whsec_test",
      ].merging(environment) { $1 },
      output: output, errors: errors, files: FolderFiles(folder: folder, standardInput: Array(standardInput.utf8)),
      terminal: terminal, now: { now })
    let status = await shell.run()
    await sandbox.stop()
    return Result(output: output.text, errors: errors.text, status: status)
  }
}

/// The machine's files, relative paths counted from one folder.
struct FolderFiles: FileAccess {
  let folder: String
  let standardInput: [UInt8]
  private let host = HostFiles()

  init(folder: String, standardInput: [UInt8]) {
    self.folder = folder
    self.standardInput = standardInput
  }

  func read(_ path: String) throws(Failure) -> [UInt8] {
    do throws(Failure) { return try host.read(absolute(path)) } catch { throw relative(error) }
  }

  func readStandardInput() throws(Failure) -> [UInt8] { standardInput }

  func open(_ path: String) throws(Failure) -> any ChunkReader {
    do throws(Failure) { return try host.open(absolute(path)) } catch { throw relative(error) }
  }

  private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : folder + "/" + path }

  /// Messages name files as the script does, wherever the folder lies.
  private func relative(_ failure: Failure) -> Failure {
    var failure = failure
    failure.message = failure.message.split(separator: folder + "/", omittingEmptySubsequences: false).joined()
    return failure
  }
}
