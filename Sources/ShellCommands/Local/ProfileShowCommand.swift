import Interpreter

enum ProfileShowCommand {
  private static let shown = Parameter.optionalPositional("name", .text, "the profile; without it, the one in use")
    .suggesting(.names("profile"))

  static let command = Command(
    "profile show", topic: .shell, "shows one profile, its key masked",
    input: .none, result: .value, itemKind: .profile, parameters: [shown],
    searchWords: ["whoami", "config", "settings", "account"],
    examples: [
      .init("profile show", "the one in use"),
      .init("profile show staging", "another one"),
    ]
  ) { call throws(Interruption) in
    let wanted = try await call.value(shown)
    let profiles = try call.profiles()
    let profile = profiles.first { profile in wanted.map { $0 == profile.name } ?? profile.isActive }
    guard let profile else {
      let near = wanted.flatMap { Suggestion.nearest(to: $0, among: profiles.map { $0.name }) }
      var failure = Failure.noProfile(wanted)
      failure.span = call.span(of: shown)
      failure.help = near.map { "did you mean \($0)?" } ?? failure.help
      throw .failure(failure)
    }
    return .value(profile.record, kind: .profile)
  }
}
