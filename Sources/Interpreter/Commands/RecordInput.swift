import OrderedJSON

extension Call {
  /// One value for one record, a stream for a stream. Any other value is an error.
  func eachRecord(
    kind: ItemKind? = nil, _ transform: @escaping (JSONObject) async throws(Interruption) -> JSONValue
  ) async throws(Interruption) -> Output {
    let name = name
    return try await eachItem(kind: kind) { item throws(Interruption) in
      guard case .object(let record) = item else {
        throw .failure(Failure(.typeMismatch, "'\(name)' takes records, got \(item.kindWithArticle)"))
      }
      return try await transform(record)
    }
  }
}
