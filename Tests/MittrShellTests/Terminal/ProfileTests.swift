import Basics
import TestSupport
import Testing

@Suite("Profiles in a terminal", .timeLimit(.minutes(2)))
struct ProfileTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private var file: String { home.path + "/.config/mittr/config.toml" }

  @Test("profile add asks for the key, which neither the screen nor the history shows, and makes the file")
  func add() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("profile add far --base-url http://127.0.0.1:1 --untested\r")
    try shell.wait(for: "the question") { $0.currentLine == "The API key of 'far':" }
    shell.type("hidden-key\r")
    try shell.wait(for: "the file") { $0.allLines.contains { $0.hasPrefix("profile add: 'far' is in ") } }
    try shell.waitForPrompt()
    #expect(
      TemporaryFolder.read(file) == "[profiles.far]\napi_key = \"hidden-key\"\nbase_url = \"http://127.0.0.1:1\"\n")
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
    shell.type("profile remove far\r")
    try shell.wait(for: "the question") { $0.currentLine == "profile remove far? [y/N]" }
    shell.type("y\r")
    try shell.wait(forLine: "profile remove: 'far' is gone")
    try shell.waitForPrompt()
    #expect(TemporaryFolder.read(file) == "")
    #expect(!String(decoding: shell.received, as: UTF8.self).contains("hidden-key"))
    #expect(shell.leave() == 0)
    #expect(!TemporaryFolder.read(home.path + "/state/mittr/history").contains("hidden-key"))
  }

  @Test("A key that cannot be tried is not written")
  func untested() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("profile add far --base-url http://127.0.0.1:1\r")
    try shell.wait(for: "the question") { $0.currentLine == "The API key of 'far':" }
    shell.type("hidden-key\r")
    try shell.wait(for: "the failure") { $0.allLines.contains { $0.hasPrefix("error[CONNECTION_REFUSED]") } }
    try shell.waitForPrompt()
    #expect(access(file, F_OK) != 0)
    #expect(shell.leave() == 0)
  }

  @Test("The sandbox is tried as any profile is, and says where it is")
  func sandbox() throws {
    let shell = try PseudoTerminal.shell(home: home)
    try shell.enter("profile test | get ok", answer: "true")
    shell.type("profile show | get baseUrl\r")
    try shell.wait(for: "an address") { $0.allLines.contains { $0.hasPrefix("http://127.0.0.1:") } }
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  @Test("A misspelt setting keeps the shell from starting, with 2")
  func misspelt() async throws {
    mkdir(home.path + "/mittr", 0o700)
    _ = home.write(
      "profile = \"a\"\n[profiles.a]\napi_key = \"mtr_a\"\nbase_ulr = \"http://127.0.0.1:1\"\n", to: "mittr/config.toml"
    )
    chmod(home.path + "/mittr/config.toml", 0o600)
    let run = try await ShellProcess.run("-c", "events list", environment: ["XDG_CONFIG_HOME": home.path])
    #expect(run.status == 2)
    #expect(run.errors.hasSuffix("there is no setting 'base_ulr' in the profile 'a'; did you mean base_url?\n"))
  }

  @Test("The key that a command printed is used, and masked wherever it would be shown")
  func keyCommand() throws {
    mkdir(home.path + "/.config", 0o700)
    mkdir(home.path + "/.config/mittr", 0o700)
    _ = home.write(
      "[profiles.far]\napi_key_command = \"echo $((1)) > \(home.path)/ran; echo hidden-key\"\nbase_url = \"http://127.0.0.1:1\"\n",
      to: ".config/mittr/config.toml")
    chmod(file, 0o600)
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("profile use far\r")
    try shell.wait(for: "the new prompt") { $0.currentLine == "mittr 127.0.0.1:1 (far)>" }
    // Nothing is run before the key is needed.
    #expect(access(home.path + "/ran", F_OK) != 0)
    shell.type("try { events list } catch err { $err.code }; \"it is hidden-key\"\r")
    try shell.wait(forLine: "it is …")
    #expect(shell.screen.allLines.contains("CONNECTION_REFUSED"))
    #expect(TemporaryFolder.read(home.path + "/ran") == "1\n")
    try shell.wait(for: "the prompt") { $0.currentLine == "mittr 127.0.0.1:1 (far)>" }
    #expect(shell.leave() == 0)
  }
}
