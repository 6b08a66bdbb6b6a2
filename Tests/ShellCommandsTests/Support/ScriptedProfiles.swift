import Interpreter
import ShellCommands

/// Two profiles, of which one is in use.
final class ScriptedProfiles: Profiles {
  private(set) var active = "usual"

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
}
