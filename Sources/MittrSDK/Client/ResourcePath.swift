/// The paths of one kind of thing: `/api/v1/events` and what is below it.
struct ResourcePath: Sendable {
  static let events = ResourcePath(collection: "/api/v1/events", noun: "event")
  static let endpoints = ResourcePath(collection: "/api/v1/endpoints", noun: "endpoint")

  let collection: String
  private let noun: String

  /// The path of one item.
  /// - Throws: `MittrError` (`INVALID_REQUEST`) for an id that is empty, or that a path takes for itself (`.`, `..`).
  func item(_ id: String) throws(MittrError) -> String {
    guard !id.isEmpty else { throw .invalidRequest("the \(noun) id is empty") }
    guard id != ".", id != ".." else { throw .invalidRequest("'\(id)' is not an \(noun) id") }
    return "\(collection)/\(id.percentEncoded)"
  }
}
