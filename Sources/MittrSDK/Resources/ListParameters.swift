/// Which part of a list to get.
public struct ListParameters: Sendable, Hashable {
  /// How many items a page has; nil leaves it to the server, or is 100 where all pages are walked.
  public var limit: Int?
  /// Where to go on, from an earlier page's `pagination.cursor`; nil is the beginning.
  public var cursor: String?

  /// All items from the beginning, unless told otherwise.
  public init(limit: Int? = nil, cursor: String? = nil) {
    self.limit = limit
    self.cursor = cursor
  }

  /// The path of the request for endpoints with its query, as it is sent.
  package var endpointsTarget: String { APIRequest.get(ResourcePath.endpoints.collection, query: query).target }

  package var query: [(name: String, value: String)] {
    var query: [(name: String, value: String)] = []
    if let limit { query.append(("limit", String(limit))) }
    if let cursor { query.append(("cursor", cursor)) }
    return query
  }
}

extension ListParameters: PageParameters {
  package var mayShrink: Bool { true }
}
