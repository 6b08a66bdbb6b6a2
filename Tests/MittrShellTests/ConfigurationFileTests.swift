import Foundation
import Interpreter
import Testing

@testable import MittrShell

@Suite("Profiles")
struct ConfigurationFileTests {
  private let text = """
    profile = "staging"
    [profiles.staging]
    api_key = "mtr_staging"
    base_url = "http://127.0.0.1:1"
    [profiles.other]
    api_key = "mtr_other"
    project_id = "prj_1"
    """

  /// Runs a body with a configuration folder of its own.
  @discardableResult
  private func with<Result>(
    _ text: String?, permissions: Int = 0o600, _ body: (ConfigurationFile) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mittr-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder.appending(path: "mittr"), withIntermediateDirectories: true)
    if let text {
      let file = folder.appending(path: "mittr/config.toml").path
      _ = FileManager.default.createFile(
        atPath: file, contents: Data(text.utf8), attributes: [.posixPermissions: permissions])
    }
    return try body(try #require(ConfigurationFile(["XDG_CONFIG_HOME": folder.path])))
  }

  @Test("The profile asked for is read, else the one that the file names, else none")
  func profiles() throws {
    #expect(try with(text) { try $0.profile(nil)?.apiKey } == "mtr_staging")
    #expect(try with(text) { try $0.profile("other")?.projectID } == "prj_1")
    #expect(try with("[profiles.a]\napi_key = \"mtr_a\"") { try $0.profile(nil) == nil })
    #expect(try with(nil) { try $0.profile(nil) == nil })
  }

  @Test(
    "What cannot be trusted or understood is refused, and no message quotes a key",
    arguments: [
      ("profile = \"nope\"\n[profiles.staging]\napi_key = \"mtr_staging\"", 0o600, "no-such-profile"),
      ("api_key = mtr_staging\"", 0o600, "bad-configuration"),
      ("[profiles.a]\napi_key = \"mtr_a\"", 0o644, "bad-configuration"),
    ])
  func refused(text: String, permissions: Int, code: String) throws {
    try with(text, permissions: permissions) { file in
      let failure = #expect(throws: Failure.self) { try file.profile(nil) }
      #expect(failure?.code == code)
      #expect(failure?.message.contains("mtr_") == false)
    }
  }

  @Test("A profile that is asked for must exist")
  func missing() throws {
    try with(nil) { file in #expect(throws: Failure.self) { try file.profile("staging") } }
    try with(text) { file in #expect(throws: Failure.self) { try file.profile("stagin") } }
  }

  @Test("The environment goes before the profile, the command line before both, and --no-config reads nothing")
  func precedence() throws {
    func target(_ arguments: [String], _ environment: [String: String], _ text: String?) throws -> Connector.Target {
      guard case .options(let options) = ShellOptions.parsed(arguments) else { throw CancellationError() }
      return try with(text) { file in
        let folder = String(file.path.dropLast("/mittr/config.toml".count))
        return try Connector(
          options: options, environment: environment.merging(["XDG_CONFIG_HOME": folder]) { $1 }, isInteractive: false
        ).target
      }
    }
    #expect(try target([], [:], text) == .server(baseURL: "http://127.0.0.1:1", apiKey: "mtr_staging", projectID: nil))
    #expect(
      try target(["--profile", "other"], ["MITTR_BASE_URL": "http://e"], text)
        == .server(baseURL: "http://e", apiKey: "mtr_other", projectID: "prj_1"))
    #expect(
      try target(["--base-url", "http://c"], ["MITTR_BASE_URL": "http://e", "MITTR_API_KEY": "mtr_e"], text)
        == .server(baseURL: "http://c", apiKey: "mtr_e", projectID: nil))
    #expect(try target(["--no-config"], [:], text) == .noKey)
    #expect(try target(["--sandbox=f.db"], ["MITTR_API_KEY": "mtr_e"], text) == .sandbox(file: "f.db"))
  }
}
