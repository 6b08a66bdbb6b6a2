import OrderedJSON

/// Where a page stands in its list.
public struct Pagination: Sendable, Hashable {
  /// Whether more items follow.
  public let hasMore: Bool
  /// What to ask for the next page with.
  public let cursor: String?
  /// How many items the whole list has; servers need not say.
  public let total: Int?

  /// - Parameters:
  ///   - hasMore: whether there is another page.
  ///   - cursor: where it begins.
  ///   - total: how many items there are in all, if the server says so.
  public init(hasMore: Bool, cursor: String? = nil, total: Int? = nil) {
    self.hasMore = hasMore
    self.cursor = cursor
    self.total = total
  }

  /// Missing parts are absent: no `pagination` at all is the end of the list, and a cursor without `hasMore` means
  /// that there is more.
  init(_ value: JSONValue, status: Int) throws(MittrError) {
    let cursor = value["cursor"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    switch value["hasMore"] {
    case .bool(let hasMore)?: self.hasMore = hasMore
    case nil, .null?: hasMore = cursor != nil
    default: throw .invalidResponse("'pagination.hasMore' is neither true nor false", status: status)
    }
    self.cursor = cursor
    total = value["total"]?.intValue
  }
}
