import OrderedJSON

/// Headers in a value: a record of names and values, or a list of either.
enum HeaderShape {
  /// Nil when these are no headers.
  static func fields(of value: JSONValue) -> [HeaderField]? {
    let fields: [HeaderField]? =
      switch value {
      case .object(let record): Self.fields(of: record)
      case .array(let items): Self.fields(of: items)
      case .string(let text, _): try? HeaderLines(Array(text.utf8)[...]).fields
      case .null, .bool, .number: nil
      }
    return fields?.isEmpty == false ? fields : nil
  }

  private static func fields(of record: JSONObject) -> [HeaderField]? {
    var fields: [HeaderField] = []
    for (key, value) in record {
      guard let name = name(key) else { continue }
      for value in values(of: value) { fields.append((name, value)) }
    }
    return fields
  }

  /// The name of a header, whatever a program made of it; nil for what is none.
  static func name(_ key: String) -> String? {
    var bytes = Array(key.utf8)[...].trimmed
    if bytes.last == UInt8(ascii: ":") { bytes = bytes.dropLast() }
    return HeaderName.isToken(bytes) ? HeaderName.header(bytes.text) : nil
  }

  /// The texts that stand for one header: a string, or a list of them, or records that have one.
  private static func values(of value: JSONValue) -> [String] {
    switch value {
    case .array(let items): items.flatMap { $0.arrayValue == nil ? values(of: $0) : [] }
    case .object(let record):
      ["value", "Value"].lazy.compactMap { record[$0]?.scalarText }.first.map { [$0] }
        ?? bytes(value).map { [$0] } ?? numbered(record)
    default: value.scalarText.map { [$0] } ?? []
    }
  }

  /// A list as PHP has it: its keys are numbers from 0.
  private static func numbered(_ record: JSONObject) -> [String] {
    var texts: [String] = []
    for (key, value) in record {
      guard key == "\(texts.count)", let text = value.scalarText else { return [] }
      texts.append(text)
    }
    return texts
  }

  /// The fields of the first value further in that has the header with the signature among them.
  static func innerFields(of value: JSONValue, level: Int = 0) -> [HeaderField]? {
    guard level < 6 else { return nil }
    let values: [JSONValue] =
      switch value {
      case .object(let record): record.map(\.value)
      case .array(let items): items
      case .null, .bool, .number, .string: []
      }
    for value in values where value.objectValue != nil || value.arrayValue != nil {
      if let fields = fields(of: value), fields.contains(where: { HeaderName.mentionsSignature($0.name) }) {
        return fields
      }
      if let fields = innerFields(of: value, level: level + 1) { return fields }
    }
    return nil
  }

  private static func bytes(_ value: JSONValue) -> String? {
    guard value["type"]?.stringValue == "Buffer" else { return nil }
    return BodyShape.bodies(of: value, isBase64: false).first?.bytes.text
  }

  private static func fields(of items: [JSONValue]) -> [HeaderField]? {
    var fields: [HeaderField] = []
    // What a type's name stood before, as in `Headers([…])`.
    if items.count == 1, items[0]["value"] == nil, items[0]["Value"] == nil, let inner = self.fields(of: items[0]),
      inner.count > 1
    {
      return inner
    }
    let texts = items.compactMap(\.stringValue)
    if texts.count == items.count { return self.fields(ofTexts: texts) }
    for item in items {
      switch item {
      case .object(let record):
        guard record["disabled"]?.boolValue != true, record["enabled"]?.boolValue != false else { continue }
        let name = ["name", "Name", "key", "Key", "header", "k"].lazy.compactMap { record[$0]?.stringValue }.first
        let value = ["value", "Value", "val", "v"].lazy.compactMap { record[$0] }.first
        if let name = name.flatMap(Self.name), let value {
          fields += values(of: value).map { (name, $0) }
        } else if record.count == 1, let one = self.fields(of: record) {
          fields += one
        } else {
          return nil
        }
      case .array(let pair):
        guard pair.count == 2, let name = pair[0].scalarText.flatMap(Self.name) else { return nil }
        fields += values(of: pair[1]).map { (name, $0) }
      default: return nil
      }
    }
    return fields
  }

  /// `["Name: value", …]`, or Node's `rawHeaders`: names and values in turn.
  private static func fields(ofTexts texts: [String]) -> [HeaderField]? {
    let lines = texts.map { text in try? HeaderLines(Array(text.utf8)[...]).fields }
    if lines.allSatisfy({ $0?.count == 1 }) { return lines.flatMap { $0 ?? [] } }
    guard texts.count % 2 == 0 else { return nil }
    var fields: [HeaderField] = []
    for index in stride(from: 0, to: texts.count, by: 2) {
      guard let name = name(texts[index]) else { return nil }
      fields.append((name, texts[index + 1]))
    }
    return fields
  }
}
