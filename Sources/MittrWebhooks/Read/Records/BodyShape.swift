import Basics
import OrderedJSON

/// The bytes that a value in a record stands for.
enum BodyShape {
  static let parsed = DeliveryNote(
    "parsed-body",
    "the body was parsed before: it was written again as compact JSON, which need not be what was signed")
  private static let base64 = DeliveryNote("base64-body", "the body was in base64, and was decoded")

  /// The ways to take it, the likeliest first.
  static func bodies(of value: JSONValue, isBase64: Bool) -> [DeliveryBody] {
    switch value {
    case .null: []
    case .string(let text, _): bodies(of: Array(text.utf8)[...], isBase64: isBase64)
    case .object(let record):
      bytes(record).map { [DeliveryBody($0[...])] } ?? (wrapped(record, isBase64) ?? []) + [written(value)]
    case .array(let items): (bytes(items).map { [DeliveryBody($0[...])] } ?? []) + [written(value)]
    case .bool, .number: [written(value)]
    }
  }

  private static func bodies(of text: ArraySlice<UInt8>, isBase64: Bool) -> [DeliveryBody] {
    var encoded = text
    var isBase64 = isBase64
    // A data URL, as echoes of requests have it.
    if text.starts("data:"), let comma = text.prefix(256).firstIndex(of: UInt8(ascii: ",")),
      text[..<comma].firstRange(ignoringCase: ";base64") != nil
    {
      encoded = text[(comma + 1)...]
      isBase64 = true
    }
    guard
      isBase64 || text.count >= 4 && text.allSatisfy({ $0.isLetter || $0.isDigit || "+/-_=\r\n".utf8.contains($0) }),
      let decoded = Base64.decoded(encoded.filter { !$0.isBlank })
    else { return [DeliveryBody(text)] }
    if isBase64 { return [DeliveryBody(decoded[...]), DeliveryBody(text)] }
    return [DeliveryBody(text), DeliveryBody(decoded[...], base64)]
  }

  private static func written(_ value: JSONValue) -> DeliveryBody {
    var bytes: [UInt8] = []
    JSONWriter.compact.write(value, to: &bytes)
    return DeliveryBody(bytes[...], parsed)
  }

  /// A body in a record of its own, as HAR files and collections have it: `{mode: "raw", raw: "…"}`.
  private static func wrapped(_ record: JSONObject, _ isBase64: Bool) -> [DeliveryBody]? {
    let marks = [
      "mode", "mimeType", "encoding", "contentType", "type", "inputTruncated", "size", "charset", "length", "rawBytes",
    ]
    let keys = ["rawBytes", "raw", "text", "data", "content", "contents", "string", "body", "decodedText"]
    guard record.count <= 12, record.count == 1 || marks.contains(where: { record[$0] != nil }),
      let key = keys.first(where: { record[$0]?.stringValue != nil }), let text = record[key]?.stringValue
    else { return nil }
    let saysBase64 = record["encoding"]?.stringValue?.lowercased() == "base64" || key == "rawBytes"
    return bodies(of: Array(text.utf8)[...], isBase64: isBase64 || saysBase64)
  }

  /// `{"type": "Buffer", "data": […]}`, or a typed array by its indices.
  private static func bytes(_ record: JSONObject) -> [UInt8]? {
    if record["type"]?.stringValue == "Buffer", let data = record["data"] {
      if let items = data.arrayValue { return items.isEmpty ? [] : bytes(items) }
      return data.stringValue.flatMap { Base64.decoded(Array($0.utf8)) }
    }
    guard record["0"] != nil else { return nil }
    var items: [JSONValue] = []
    for (key, value) in record {
      guard key == "\(items.count)" else { return nil }
      items.append(value)
    }
    return bytes(items)
  }

  private static func bytes(_ items: [JSONValue]) -> [UInt8]? {
    guard !items.isEmpty else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(items.count)
    for item in items {
      guard let value = item.intValue, let byte = UInt8(exactly: value) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}
