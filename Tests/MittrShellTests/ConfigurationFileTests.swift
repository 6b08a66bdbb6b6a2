import Foundation
import Interpreter
import TestSupport
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
    #expect(try with(text) { try $0.profile(nil)?.apiKey?.text } == "mtr_staging")
    #expect(try with(text) { try $0.profile("other")?.projectID } == "prj_1")
    #expect(try with("[profiles.a]\napi_key = \"mtr_a\"") { try $0.profile(nil) == nil })
    // Some editors put a byte order mark in front.
    #expect(try with("\u{FEFF}" + text) { try $0.profile(nil)?.apiKey?.text } == "mtr_staging")
    #expect(try with(nil) { try $0.profile(nil) == nil })
  }

  @Test(
    "What cannot be trusted or understood is refused, and no message quotes a key",
    arguments: [
      ("profile = \"nope\"\n[profiles.staging]\napi_key = \"mtr_staging\"", 0o600, "no-such-profile"),
      ("api_key = mtr_staging\"", 0o600, "bad-configuration"),
      ("[profiles.a]\napi_key = \"mtr_a\"", 0o644, "bad-configuration"),
      ("[profiles.a]\napi_key = \"mtr_a\"", 0o640, "bad-configuration"),
      ("profile = 1", 0o600, "bad-configuration"),
      ("profile = \"a\"\nprofiles = \"mtr_x\"", 0o600, "bad-configuration"),
      ("profile = \"a\"\n[profiles.a]\napi_key = [\"mtr_x\"]", 0o600, "bad-configuration"),
      ("profile = \"a\"\n[profiles]\na = \"mtr_x\"", 0o600, "bad-configuration"),
      ("profile = \"a\"\n#" + String(repeating: "x", count: 1 << 20), 0o600, "bad-configuration"),
    ])
  func refused(text: String, permissions: Int, code: String) throws {
    try with(text, permissions: permissions) { file in
      let failure = #expect(throws: Failure.self) { try file.profile(nil) }
      #expect(failure?.code.rawValue == code)
      #expect(failure?.message.contains("mtr_") == false)
    }
  }

  @Test("What is no file is not waited for")
  func pipe() throws {
    try with(nil) { file in
      #expect(mkfifo(file.path, 0o600) == 0)
      let failure = #expect(throws: Failure.self) { try file.profile(nil) }
      #expect(failure?.code == "bad-configuration")
    }
  }

  @Test("Another user's file is refused, and nothing of it is used")
  func foreignOwner() throws {
    let folder = try TemporaryFolder()
    mkdir(folder.path + "/mittr", 0o700)
    _ = folder.writeForeign(text, to: "mittr/config.toml")
    let file = try #require(ConfigurationFile(["XDG_CONFIG_HOME": folder.path]))
    let failure = #expect(throws: Failure.self) { try file.profile(nil) }
    #expect(failure?.code == "bad-configuration")
    #expect(failure?.message.hasSuffix("is not read: it belongs to another user") == true)
  }

  @Test("A link to a file of one's own is followed")
  func link() throws {
    try with(text) { file in
      let other = file.path + ".real"
      #expect(rename(file.path, other) == 0 && symlink(other, file.path) == 0)
      let key = try file.profile(nil)?.apiKey?.text
      #expect(key == "mtr_staging")
    }
  }

  @Test(
    "A setting that means nothing is an error that ends a start with 2, with the nearest that does",
    arguments: [
      ("profil = \"a\"", "there is no setting 'profil'", "did you mean profile?"),
      (
        "profile = \"a\"\n[profiles.a]\napi_key = \"mtr_b\"\nbase_ulr = \"https://staging.test\"",
        "there is no setting 'base_ulr' in the profile 'a'", "did you mean base_url?"
      ),
      // Another profile's mistake counts as well: it would be found when it is too late.
      (
        "[profiles.a]\napi_key = \"mtr_a\"\n[profiles.b]\nserver = 1",
        "there is no setting 'server' in the profile 'b'",
        "there are: api_key, api_key_command, base_url, project_id, ca_file"
      ),
    ])
  func unknownSettings(text: String, message: String, help: String) throws {
    try with(text) { file in
      let failure = #expect(throws: Failure.self) { try file.profile(nil) }
      #expect(failure?.message == "\(file.path): \(message)")
      #expect(failure?.help == help)
      #expect(failure?.code.exitStatus == 2)
    }
  }

  @Test("The completion script works in bash")
  func bash() throws {
    let script = """
      source <("$0" --completions bash)
      for words in "--out" "--no-" "--output js" "--completions z"; do
        COMP_WORDS=(mittr $words); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="${COMP_WORDS[*]}"
        COMP_POINT=${#COMP_LINE}; COMPREPLY=()
        _mittr mittr "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        echo "${COMPREPLY[*]}"
      done
      """
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", script, try BuiltProgram.path("mittr")]
    let output = Foundation.Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text == "--output\n--no-config\njsonl json\nzsh\n")
  }

  @Test("A profile that is asked for must exist")
  func missing() throws {
    try with(nil) { file in #expect(throws: Failure.self) { try file.profile("staging") } }
    try with(text) { file in #expect(throws: Failure.self) { try file.profile("stagin") } }
  }

  @Test("A profile whose base URL is none is not used")
  func badBaseURL() throws {
    try with("[profiles.a]\napi_key = \"mtr_a\"\nbase_url = \"nonsense\"") { file in
      let profile = try #require(try file.profile("a"))
      let resolver = try ServerResolver(options: ServerOptions(), environment: [:], isInteractive: false)
      let failure = #expect(throws: Failure.self) { try resolver.use(profile) }
      #expect(failure?.code == "bad-profile")
      #expect(resolver.target == .noKey)
    }
  }

  @Test("A profile cannot be asked for where no configuration is read")
  func excluded() throws {
    let options = ServerOptions(profile: "a", readsConfiguration: false)
    let failure = #expect(throws: Failure.self) {
      try ServerResolver(options: options, environment: [:], isInteractive: false)
    }
    #expect(failure?.code == "usage")
    #expect(failure?.code.exitStatus == 2)
  }

  @Test("The environment goes before the profile, the command line before both, and --no-config reads nothing")
  func precedence() throws {
    func target(_ arguments: [String], _ environment: [String: String], _ text: String?) throws -> ServerResolver.Target
    {
      guard case .options(let options) = ShellOptions.parsed(arguments) else { throw CancellationError() }
      return try with(text) { file in
        let folder = String(file.path.dropLast("/mittr/config.toml".count))
        return try ServerResolver(
          options: options.server, environment: environment.merging(["XDG_CONFIG_HOME": folder]) { $1 },
          isInteractive: false
        ).target
      }
    }
    #expect(
      try target([], [:], text) == .server(baseURL: "http://127.0.0.1:1", apiKey: .text("mtr_staging"), projectID: nil))
    #expect(
      try target(["--profile", "other"], ["MITTR_BASE_URL": "http://e"], text)
        == .server(baseURL: "http://e", apiKey: .text("mtr_other"), projectID: "prj_1"))
    #expect(
      try target(["--base-url", "http://c"], ["MITTR_BASE_URL": "http://e", "MITTR_API_KEY": "mtr_e"], text)
        == .server(baseURL: "http://c", apiKey: .text("mtr_e"), projectID: nil))
    #expect(try target(["--no-config"], [:], text) == .noKey)
    #expect(try target(["--sandbox=f.db"], ["MITTR_API_KEY": "mtr_e"], text) == .sandbox(file: "f.db"))
  }
}
