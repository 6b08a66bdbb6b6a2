import Interpreter

enum ProfileRemoveCommand {
  private static let name = Parameter.positional("name", .text, "the profile's name")
    .suggesting(.names("profile"))

  static let command = Command(
    "profile remove", topic: .shell, "takes a profile out of the configuration file; asks first on a terminal",
    discussion: "All other lines of the file stay as they are, comments included. The session stays where it is.",
    input: .none, result: .nothing, parameters: [name], changesData: true,
    searchWords: ["delete", "logout", "forget"],
    examples: [
      .init("profile remove staging", "its key is gone from the file"),
      .init("profile list | where .baseUrl == null | get name", "look at some before"),
    ]
  ) { call throws(Interruption) in
    let wanted = try await call.value(name)
    let span = call.span(of: name)
    let known = try call.withProfiles(at: span) { profiles throws(Failure) in try profiles.all() }
    if known.contains(where: { $0.name == wanted }), !call.session.assumesYes, let prompter = call.session.prompter {
      guard await prompter.confirm("profile remove \(wanted)?") else {
        if Task.isCancelled { throw .cancelled }
        throw .failure(Failure("not-confirmed", "nothing was changed"))
      }
    }
    let wasDefault = try call.withProfiles(at: span) { profiles throws(Failure) in try profiles.remove(wanted) }
    call.tell(
      "profile remove: '\(wanted)' is gone"
        + (wasDefault ? "; it was the default, and there is none now: profile default NAME sets one" : ""))
    return .nothing
  }
}
