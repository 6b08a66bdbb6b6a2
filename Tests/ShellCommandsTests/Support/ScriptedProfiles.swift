import Interpreter
import MittrSDK
import ShellCommands

/// Two profiles, of which one is in use, and what becomes of them.
final class ScriptedProfiles: Profiles {
  private(set) var active = "usual"
  private(set) var added: [ProfileDraft] = []
  private(set) var usual: String?
  private(set) var removed: [String] = []
  /// What their servers answer.
  private let transport: any Transport

  init(_ transport: any Transport = ScriptedAPI(events: 0)) { self.transport = transport }

  func all() throws(Failure) -> [ProfileSummary] {
    ["staging", "usual"].map { name in
      ProfileSummary(
        name: name, isActive: name == active, baseURL: "https://\(name).test", projectID: nil, maskedKey: "mtr_…")
    }
  }

  func use(_ name: String) throws(Failure) -> [String] {
    guard name == "staging" || name == "usual" else {
      throw Failure("no-such-profile", "there is no profile '\(name)'")
    }
    active = name
    return ["a-secret"]
  }

  func connect(_ name: String) async throws(Failure) -> Mittr {
    Mittr(apiKey: "mtr_test", baseURL: "https://\(name).test", transport: transport)
  }

  func connect(_ draft: ProfileDraft) async throws(Failure) -> Mittr { try await connect(draft.name) }

  var place: String? { "config.toml" }
  func add(_ draft: ProfileDraft) throws(Failure) { added.append(draft) }
  func setDefault(_ name: String) throws(Failure) { usual = name }

  func remove(_ name: String) throws(Failure) -> Bool {
    removed.append(name)
    return name == "usual"
  }
}
