import Interpreter
import MittrSDK
import ShellCommands
import Testing

@Suite("Commands that change profiles")
struct ProfileTests {
  private static let refusing = ScriptedAPI { _ in
    TransportResponse(status: 401, body: Array(#"{"code": "UNAUTHORIZED", "error": "no such key"}"#.utf8))
  }

  private func run(
    _ script: String, _ profiles: ScriptedProfiles, prompter: (any Prompter)? = nil, answer: Bool? = nil
  ) async -> CommandRun {
    let client = Mittr(apiKey: "mtr_test", baseURL: "https://mittr.test", transport: ScriptedAPI(events: 0))
    return await CommandRun(script, client, answer: answer, profiles: profiles, now: 1_767_225_600, prompter: prompter)
  }

  @Test("add asks for the key unseen, tries it, and writes the profile")
  func add() async {
    let profiles = ScriptedProfiles()
    let typist = KeyTypist(" mtr_typed\r")
    let run = await run(
      "profile add new --base-url https://new.test --project-id prj_1 --default", profiles, prompter: typist)
    #expect(run.status == 0, "\(run.errors)")
    #expect(typist.asked == ["The API key of 'new':"])
    #expect(profiles.added.map { $0.apiKey } == ["mtr_typed"])
    #expect(profiles.added.map { $0.baseURL } == ["https://new.test"])
    #expect(profiles.usual == "new")
    #expect(run.errors == "profile add: 'new' is in config.toml; profile use new goes there\n")
  }

  @Test("A key that the server refuses is not written, unless that is wanted")
  func refused() async {
    let profiles = ScriptedProfiles(Self.refusing)
    let run = await run("profile add new", profiles, prompter: KeyTypist("mtr_typed"))
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("error[UNAUTHORIZED]: no such key"), "\(run.errors)")
    #expect(!run.errors.contains("mtr_typed"))
    #expect(profiles.added.isEmpty)
    #expect(await self.run("profile add new --untested", profiles, prompter: KeyTypist("mtr_typed")).status == 0)
    #expect(profiles.added.count == 1)
  }

  @Test("With a command that prints the key nobody is asked; without one, somebody must be there")
  func keyCommand() async {
    let profiles = ScriptedProfiles()
    #expect(await run("profile add new --api-key-command \"pass x\"", profiles).status == 0)
    #expect(profiles.added.map { $0.apiKeyCommand } == ["pass x"])
    #expect(await run("profile add other", profiles).errors.contains("error[no-terminal]"))
    #expect(await run("profile add other", profiles, prompter: KeyTypist(" ")).errors.contains("error[not-confirmed]"))
    #expect(profiles.added.count == 1)
  }

  @Test("A name that is there is told before anything is asked")
  func taken() async {
    let typist = KeyTypist("mtr_typed")
    let run = await run("profile add staging", ScriptedProfiles(), prompter: typist)
    #expect(run.errors.contains("error[profile-exists]"))
    #expect(typist.asked.isEmpty)
    #expect(
      await self.run("profile add \"a\\nb\"", ScriptedProfiles(), prompter: typist).errors.contains("bad-argument"))
  }

  @Test("remove asks first, and says when the default is gone; default changes the file alone")
  func remove() async {
    let profiles = ScriptedProfiles()
    let refused = await run("profile remove usual", profiles, answer: false)
    #expect(refused.errors.contains("error[not-confirmed]"))
    #expect(refused.questions == ["profile remove usual?"])
    #expect(profiles.removed.isEmpty)
    let removed = await run("profile remove usual", profiles, answer: true)
    #expect(removed.errors.contains("it was the default, and there is none now"))
    #expect(await run("profile default staging", profiles).status == 0)
    #expect(profiles.usual == "staging" && profiles.active == "usual")
  }

  @Test("test says whether the server takes the key")
  func test() async {
    #expect(await run("profile test staging | get ok", ScriptedProfiles()).output == "true\n")
    #expect(await run("profile test | get name", ScriptedProfiles()).output == "usual\n")
    #expect(await run("profile test", ScriptedProfiles(Self.refusing)).errors.contains("error[UNAUTHORIZED]"))
    #expect(await run("profile test stagin", ScriptedProfiles()).errors.contains("did you mean staging?"))
  }
}
