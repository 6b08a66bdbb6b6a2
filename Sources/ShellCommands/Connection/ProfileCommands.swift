import Interpreter
import OrderedJSON

enum ProfileCommands {
  private static let name = Parameter.positional("name", .text, "the profile's name")
  private static let shown = Parameter.optionalPositional("name", .text, "the profile; without it, the one in use")

  static let list = Command(
    "profile list", topic: .shell, "lists the profiles of the configuration file, their keys masked",
    input: .none, result: .stream, itemKind: .profile,
    examples: [
      .init("profile list", "all of them; the one in use is active"),
      .init("profile list | where .active | get name", "the name of the one in use"),
    ]
  ) { call throws(Interruption) in
    .stream(ItemStream(try call.profiles().map { $0.record }, kind: .profile))
  }

  static let use = Command(
    "profile use", topic: .shell, "talks to another profile's server from now on; the file stays as it is",
    input: .none, result: .nothing, parameters: [name],
    examples: [
      .init("profile use staging", "the next request goes there"),
      .init("profile use staging; events list | count", "with what follows"),
    ]
  ) { call throws(Interruption) in
    let wanted = try await call.value(name)
    guard let profiles = call.session[ProfilesKey.self] else { throw .failure(noProfile(wanted)) }
    let secrets: [String]
    do throws(Failure) {
      secrets = try profiles.use(wanted)
    } catch {
      var error = error
      error.span = call.span(of: name)
      throw .failure(error)
    }
    call.session.rendering.secrets += secrets.filter { !call.session.rendering.secrets.contains($0) }
    // The next request connects anew.
    await call.session[ConnectionKey.self]?.close()
    return .nothing
  }

  static let show = Command(
    "profile show", topic: .shell, "shows one profile, its key masked",
    input: .none, result: .value, itemKind: .profile, parameters: [shown],
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
      var failure = noProfile(wanted)
      failure.span = call.span(of: shown)
      failure.help = near.map { "did you mean \($0)?" } ?? failure.help
      throw .failure(failure)
    }
    return .value(profile.record, kind: .profile)
  }

  private static func noProfile(_ name: String?) -> Failure {
    Failure(
      "no-such-profile", name.map { "there is no profile '\($0)'" } ?? "no profile is in use",
      help: "profile list names them")
  }
}

extension Call {
  fileprivate func profiles() throws(Interruption) -> [ProfileSummary] {
    do throws(Failure) {
      return try session[ProfilesKey.self]?.all() ?? []
    } catch {
      throw .failure(error)
    }
  }
}

extension ProfileSummary {
  fileprivate var record: JSONValue {
    .object([
      "name": .string(name), "active": .bool(isActive), "baseUrl": baseURL.map { .string($0) } ?? .null,
      "projectId": projectID.map { .string($0) } ?? .null, "apiKey": maskedKey.map { .string($0) } ?? .null,
    ])
  }
}

extension ItemKind {
  static let profile = ItemKind("profile", columns: ["name", "active", "baseUrl", "projectId", "apiKey"])
}
