import Interpreter

enum ProfileUseCommand {
  private static let name = Parameter.positional("name", .text, "the profile's name")
    .suggesting(.names("profile"))

  static let command = Command(
    "profile use", topic: .shell, "talks to another profile's server from now on; the file stays as it is",
    input: .none, result: .nothing, parameters: [name], changesData: true,
    searchWords: ["switch", "environment", "account", "staging", "production"],
    examples: [
      .init("profile use staging", "the next request goes there"),
      .init("profile use staging; events list | count", "with what follows"),
    ]
  ) { call throws(Interruption) in
    let wanted = try await call.value(name)
    guard let profiles = call.session[ProfilesKey.self] else { throw .failure(.noProfile(wanted)) }
    let secrets: [String]
    do throws(Failure) {
      secrets = try profiles.use(wanted)
    } catch {
      var error = error
      error.span = call.span(of: name)
      throw .failure(error)
    }
    call.session.rendering.hide(secrets)
    // The next request connects anew.
    await call.session[ClientProviderKey.self]?.close()
    return .nothing
  }
}
