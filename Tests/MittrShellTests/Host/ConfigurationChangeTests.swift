import Basics
import Foundation
import Interpreter
import ShellCommands
import TestSupport
import Testing

@testable import MittrShell

@Suite("Changes of the configuration file")
struct ConfigurationChangeTests {
  private let folder: TemporaryFolder
  private let file: ConfigurationFile

  init() throws {
    folder = try TemporaryFolder()
    file = try #require(ConfigurationFile(["XDG_CONFIG_HOME": folder.path + "/config"]))
  }

  private func write(_ text: String) throws {
    mkdir(folder.path + "/config", 0o700)
    mkdir(folder.path + "/config/mittr", 0o700)
    _ = folder.write(text, to: "config/mittr/config.toml")
    chmod(file.path, 0o600)
  }

  private var text: String { TemporaryFolder.read(file.path) }

  private func draft(_ name: String, key: String = "mtr_new") -> ProfileDraft {
    var draft = ProfileDraft(name: name)
    draft.apiKey = key
    return draft
  }

  @Test("The first profile makes the file and its folders, for their owner alone")
  func first() throws {
    try file.add(draft("staging"))
    #expect(text == "[profiles.staging]\napi_key = \"mtr_new\"\n")
    var status = stat()
    #expect(stat(file.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(stat(folder.path + "/config/mittr", &status) == 0 && status.st_mode & 0o077 == 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/config/mittr")
    #expect(left == ["config.toml"])
  }

  @Test("What a profile says is read back, whatever characters it holds")
  func readBack() throws {
    var profile = draft("é \"x\" \\ ]", key: "mtr_\"'\\#")
    profile.baseURL = "https://a.test/#x"
    profile.projectID = "prj\t1"
    profile.caFile = "own.pem"
    try file.add(profile)
    let read = try #require(try file.profile(profile.name))
    #expect(read.apiKey == .text("mtr_\"'\\#"))
    #expect(read.baseURL == "https://a.test/#x" && read.projectID == "prj\t1")
    #expect(read.caFile == folder.path + "/config/mittr/own.pem")
    try file.setUsual(profile.name)
    #expect(try file.profile(nil)?.name == profile.name)
    #expect(try file.remove(profile.name))
    #expect(try file.profiles().isEmpty)
    #expect(try file.profile(nil) == nil)
  }

  @Test("A profile that is there is not added, one that is not there neither removed nor made the usual one")
  func names() throws {
    try file.add(draft("staging"))
    #expect(throws: Failure.self) { try file.add(draft("staging", key: "mtr_other")) }
    let missing = #expect(throws: Failure.self) { _ = try file.remove("stagin") }
    #expect(missing?.help == "did you mean staging?")
    #expect(throws: Failure.self) { try file.setUsual("stagin") }
    #expect(text == "[profiles.staging]\napi_key = \"mtr_new\"\n")
  }

  @Test(
    "What lines alone do not tell is left as it is",
    arguments: [
      "profiles = {a = {api_key = \"mtr_a\"}}", "[profiles]\na.api_key = \"mtr_a\"",
      "[profiles.a]\napi_key = \"mtr_a\"\nproject_id = \"\"\"\n[profiles.b]\n\"\"\"",
    ])
  func otherForms(text: String) throws {
    try write(text)
    let failure = #expect(throws: Failure.self) { _ = try file.remove("a") }
    #expect(failure?.message == "\(file.path) is written in a way that this cannot change")
    #expect(self.text == text)
  }

  @Test("A file that others may read, or that has a mistake, is not changed")
  func refused() throws {
    try write("[profiles.a]\napi_kye = \"mtr_a\"\n")
    #expect(throws: Failure.self) { try file.add(draft("b")) }
    try write("[profiles.a]\napi_key = \"mtr_a\"\n")
    chmod(file.path, 0o644)
    #expect(throws: Failure.self) { try file.add(draft("b")) }
    #expect(text == "[profiles.a]\napi_key = \"mtr_a\"\n")
  }

  @Test("A link stays one")
  func link() throws {
    try write("")
    unlink(file.path)
    let real = folder.write("", to: "real.toml")
    chmod(real, 0o600)
    symlink(real, file.path)
    try file.add(draft("a"))
    var status = stat()
    #expect(lstat(file.path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(TemporaryFolder.read(real).hasPrefix("[profiles.a]"))
  }

  @Test("Where no folder can be made, that is said")
  func noFolder() throws {
    _ = folder.write("", to: "config")
    let failure = #expect(throws: Failure.self) { try file.add(draft("a")) }
    #expect(failure?.code == .fileError)
  }

  @Test("There is no place for it without a home")
  func noHome() { #expect(ConfigurationFile([:]) == nil) }

  @Test("The sample of the help is a configuration")
  func sample() throws {
    let contents = try file.contents(of: ProfileTopic.sample)
    #expect(contents.usual == "staging")
    #expect(contents.profiles.map { $0.name } == ["live", "staging"])
    #expect(contents.profiles[0].apiKey == .command("pass show mittr/live"))
  }
}
