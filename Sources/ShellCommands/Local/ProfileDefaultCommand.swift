import Interpreter

enum ProfileDefaultCommand {
  private static let name = Parameter.positional("name", .text, "the profile's name")
    .suggesting(.names("profile"))

  static let command = Command(
    "profile default", topic: .shell, "makes a profile the one that is used when none is asked for",
    discussion: "It changes the configuration file and not this session: profile use does that.",
    input: .none, result: .nothing, parameters: [name], changesData: true,
    searchWords: ["switch", "standard", "usual"],
    examples: [
      .init("profile default staging", "mittr begins there"),
      .init("profile default staging; profile use staging", "and this session goes there"),
    ]
  ) { call throws(Interruption) in
    let wanted = try await call.value(name)
    try call.withProfiles(at: call.span(of: name)) { profiles throws(Failure) in try profiles.setDefault(wanted) }
    call.tell("profile default: '\(wanted)' is used when none is asked for")
    return .nothing
  }
}
