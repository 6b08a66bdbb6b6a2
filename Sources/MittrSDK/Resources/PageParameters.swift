/// What a list is asked for with.
package protocol PageParameters: Sendable {
  var limit: Int? { get set }
  var cursor: String? { get set }
  /// Pairs of the request's query, not percent-encoded.
  var query: [(name: String, value: String)] { get }
  /// Whether changes that are made meanwhile may drop items from the list.
  var mayShrink: Bool { get }
}
