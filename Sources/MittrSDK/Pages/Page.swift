import OrderedJSON

/// One page of a list.
public struct Page<Item: Sendable>: Sendable {
  /// The page's items, in the server's order.
  public let data: [Item]
  /// Where the page stands in the list.
  public let pagination: Pagination

  /// A page for tests of what is made of one.
  public init(data: [Item], pagination: Pagination) {
    self.data = data
    self.pagination = pagination
  }
}

extension Page {
  /// Reads `{"data": […], "pagination": {…}}`. The items keep the text they came with; none of it is copied.
  init(_ value: JSONValue, status: Int, item: (JSONObject) throws(MittrError) -> Item) throws(MittrError) {
    guard let object = value.objectValue else {
      throw .invalidResponse("the answer is not a JSON object with 'data'", status: status)
    }
    var list: [JSONValue]?
    var pagination: JSONValue?
    // One walk: the list is most of the text, and each lookup would scan it again.
    for (key, value) in object {
      if key == "data" { list = value.arrayValue } else if key == "pagination" { pagination = value }
    }
    guard let list else { throw .invalidResponse("the answer has no list 'data'", status: status) }
    var data: [Item] = []
    data.reserveCapacity(list.count)
    for entry in list {
      guard case .object(let object) = entry else {
        throw .invalidResponse("an item of 'data' is not a JSON object", status: status)
      }
      data.append(try item(object))
    }
    self.init(data: data, pagination: try Pagination(pagination ?? .null, status: status))
  }
}
