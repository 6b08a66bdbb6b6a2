import OrderedJSON

/// Typed reading of fields: a missing one, null and one of another type are all nil.
extension JSONObject {
  func string(_ key: String) -> String? { self[key]?.stringValue }
  func int(_ key: String) -> Int? { self[key]?.intValue }
  func double(_ key: String) -> Double? { self[key]?.numberValue?.double }
  func bool(_ key: String) -> Bool? { self[key]?.boolValue }
  func object(_ key: String) -> JSONObject? { self[key]?.objectValue }

  /// What names it: text, or a number's digits; nil when it has none, or an empty one.
  var id: String? {
    switch self["id"] {
    case .string(let text, _)?: text.isEmpty ? nil : text
    case .number(let number)?: number.text
    default: nil
    }
  }

  /// An object's texts by their keys; what is no text is left out.
  func texts(_ key: String) -> [String: String]? {
    guard let object = object(key) else { return nil }
    return Dictionary(object.compactMap { name, value in value.stringValue.map { (name, $0) } }) { _, last in last }
  }

  func strings(_ key: String) -> [String]? {
    guard let items = self[key]?.arrayValue else { return nil }
    let strings = items.compactMap(\.stringValue)
    return strings.count == items.count ? strings : nil
  }
}

/// Typed writing of fields: nil removes one, so that it is not sent.
extension JSONObject {
  mutating func set(_ key: String, _ value: String?) { self[key] = value.map { .string($0) } }
  mutating func set(_ key: String, _ value: Int?) { self[key] = value.map { .number(JSONNumber($0)) } }
  mutating func set(_ key: String, _ value: Bool?) { self[key] = value.map(JSONValue.bool) }
  mutating func set(_ key: String, _ value: [String]?) { self[key] = value.map { .array($0.map { .string($0) }) } }

  /// A number that JSON lacks (NaN, an infinity) is written as null, for the server to refuse.
  mutating func set(_ key: String, _ value: Double?) {
    self[key] = value.map { JSONNumber($0).map(JSONValue.number) ?? .null }
  }
}
