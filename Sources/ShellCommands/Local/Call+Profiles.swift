public import Interpreter
import MittrSDK
import OrderedJSON

extension Call {
  func profiles() throws(Interruption) -> [ProfileSummary] {
    do throws(Failure) {
      return try session[ProfilesKey.self]?.all() ?? []
    } catch {
      throw .failure(error)
    }
  }

  /// The profiles, for a command that names one.
  /// - Parameter span: where the name stands, for what is wrong with it.
  func withProfiles<Result>(
    at span: SourceSpan?, _ body: (any Profiles) throws(Failure) -> Result
  ) throws(Interruption) -> Result {
    guard let profiles = session[ProfilesKey.self] else { throw .failure(.noProfile(nil)) }
    do throws(Failure) { return try body(profiles) } catch {
      var error = error
      error.span = error.span ?? span
      throw .failure(error)
    }
  }

  /// Sends the least request that needs a key, so that a server that does not take it says so.
  func tryOut(
    at span: SourceSpan?, _ connect: (any Profiles) async throws(Failure) -> Mittr
  ) async throws(Interruption) {
    guard let profiles = session[ProfilesKey.self] else { throw .failure(.noProfile(nil)) }
    try session.flush()
    let client: Mittr
    do throws(Failure) { client = try await connect(profiles) } catch {
      if Task.isCancelled { throw .cancelled }
      var error = error
      error.span = error.span ?? span
      throw .failure(error)
    }
    do throws(MittrError) {
      _ = try await client.with(onWait: WaitNotices(name, session).onWait).endpoints.list(.init(limit: 1))
    } catch {
      await client.shutdown()
      var interruption = Interruption(error)
      if case .failure(var failure) = interruption {
        // What is told elsewhere to check is not where this key came from.
        failure.help = error.code == "UNAUTHORIZED" ? "the server does not know the key" : failure.help
        failure.span = span
        interruption = .failure(failure)
      }
      throw interruption
    }
    await client.shutdown()
  }
}

extension ProfileSummary {
  var record: JSONValue {
    .object([
      "name": .string(name), "active": .bool(isActive), "baseUrl": baseURL.map { .string($0) } ?? .null,
      "projectId": projectID.map { .string($0) } ?? .null, "apiKey": maskedKey.map { .string($0) } ?? .null,
    ])
  }
}

extension ItemKind {
  static let profile = ItemKind("profile", columns: ["name", "active", "baseUrl", "projectId", "apiKey"])
}

extension Failure {
  public static func noProfile(_ name: String?) -> Failure {
    Failure(
      "no-such-profile", name.map { "there is no profile '\($0)'" } ?? "no profile is in use",
      help: "profile list names them")
  }
}
