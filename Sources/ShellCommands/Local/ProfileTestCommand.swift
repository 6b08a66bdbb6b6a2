import Interpreter
import OrderedJSON

enum ProfileTestCommand {
  private static let tested = Parameter.optionalPositional("name", .text, "the profile; without it, the one in use")
    .suggesting(.names("profile"))

  static let command = Command(
    "profile test", topic: .shell, "tries a profile: whether its server answers and takes the key",
    discussion: "One page of one endpoint is asked for. Nothing is changed, and the session stays where it is.",
    input: .none, result: .value, parameters: [tested],
    searchWords: ["check", "ping", "whoami", "auth"],
    examples: [
      .init("profile test staging", "another one"),
      .init("profile test | get ok", "the one in use"),
    ]
  ) { call throws(Interruption) in
    let span = call.span(of: tested)
    let wanted = try await call.value(tested)
    let profiles = try call.profiles()
    let profile = profiles.first { profile in wanted.map { $0 == profile.name } ?? profile.isActive }
    guard let profile else {
      var failure = Failure.noProfile(wanted)
      let near = wanted.flatMap { Suggestion.nearest(to: $0, among: profiles.map { $0.name }) }
      failure.help = near.map { "did you mean \($0)?" } ?? failure.help
      failure.span = span
      throw .failure(failure)
    }
    try await call.tryOut(at: span) { profiles throws(Failure) in try await profiles.connect(profile.name) }
    return .value(.object(["name": .string(profile.name), "ok": true]))
  }
}
