import OrderedJSON

extension JSONObject {
  /// Both records in one. Where both have a key, the value of `other` counts, at the place that the key has here.
  /// - Parameter isDeep: records that both have under a key are merged as well, instead of replaced. Lists never are.
  func merged(with other: JSONObject, isDeep: Bool = false) -> JSONObject {
    var merged = self
    for (key, value) in other {
      if isDeep, case .object(let right) = value, case .object(let left)? = merged[key] {
        merged[key] = .object(left.merged(with: right, isDeep: true))
      } else {
        merged[key] = value
      }
    }
    return merged
  }
}
