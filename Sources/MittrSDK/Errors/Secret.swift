import OrderedJSON

/// A text that no description, mirror or error may show: the API key.
struct Secret: Sendable {
  static let mask = "mtr_…"

  /// Below this a text is too common to be looked for, and too short to protect anything.
  private static let minimumMaskedBytes = 4

  let value: String

  init(_ value: String) { self.value = value }

  /// The text with every occurrence of the secret replaced with the mask.
  func masked(in text: String) -> String {
    guard value.utf8.count >= Self.minimumMaskedBytes else { return text }
    let sought = Array(value.utf8)
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var copied = 0
    var index = 0
    while index + sought.count <= bytes.count {
      guard bytes[index] == sought[0], bytes[index..<index + sought.count].elementsEqual(sought) else {
        index += 1
        continue
      }
      result.append(contentsOf: bytes[copied..<index])
      result.append(contentsOf: Self.mask.utf8)
      index += sought.count
      copied = index
    }
    guard copied > 0 else { return text }
    result.append(contentsOf: bytes[copied...])
    return String(decoding: result, as: UTF8.self)
  }

  /// The value with the secret masked in all its strings and keys, however they were escaped in the text.
  func masked(in value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text, _): masked(in: text) == text ? value : .string(masked(in: text))
    case .array(let items): .array(items.map(masked))
    case .object(let object): .object(masked(in: object))
    case .null, .bool, .number: value
    }
  }

  private func masked(in object: JSONObject) -> JSONObject {
    guard object.keys.contains(where: { masked(in: $0) != $0 }) else { return object.mapValues(masked) }
    return JSONObject(object.map { (masked(in: $0.key), masked(in: $0.value)) })
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { Self.mask }
  var debugDescription: String { Self.mask }
  var customMirror: Mirror { Mirror(self, children: []) }
}
