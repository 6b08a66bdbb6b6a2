import Interpreter
import OrderedJSON

extension Call {
  func profiles() throws(Interruption) -> [ProfileSummary] {
    do throws(Failure) {
      return try session[ProfilesKey.self]?.all() ?? []
    } catch {
      throw .failure(error)
    }
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
  static func noProfile(_ name: String?) -> Failure {
    Failure(
      "no-such-profile", name.map { "there is no profile '\($0)'" } ?? "no profile is in use",
      help: "profile list names them")
  }
}
