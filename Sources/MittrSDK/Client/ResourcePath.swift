/// The paths of one kind of thing: `/api/v1/events` and what is below it. Nothing else knows how the API's paths begin.
package struct ResourcePath: Sendable {
  package static let events = ResourcePath("events", noun: "event")
  package static let endpoints = ResourcePath("endpoints", noun: "endpoint")

  package let collection: String
  private let noun: String

  private init(_ name: String, noun: String) {
    collection = Self.path(of: name)
    self.noun = noun
  }

  /// The path of something below the API's root.
  /// - Parameter name: percent-encoded.
  package static func path(of name: String) -> String { "/api/v1/\(name)" }

  /// The path of one item, without a look at its id.
  package func path(of id: String) -> String { path(ofEncoded: id.percentEncoded) }

  /// - Parameter id: percent-encoded, or what stands for an id.
  package func path(ofEncoded id: String) -> String { "\(collection)/\(id)" }

  /// The path where an item is delivered again.
  package static func replay(ofItemAt path: String) -> String { path + "/replay" }

  /// The path of one item.
  /// - Throws: `MittrError` (`INVALID_REQUEST`) for an id that is empty, or that a path takes for itself (`.`, `..`).
  func item(_ id: String) throws(MittrError) -> String {
    guard !id.isEmpty else { throw .invalidRequest("the \(noun) id is empty") }
    guard id != ".", id != ".." else { throw .invalidRequest("'\(id)' is not an \(noun) id") }
    return path(of: id)
  }
}
