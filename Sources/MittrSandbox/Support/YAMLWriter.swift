import OrderedJSON

/// Writes a JSON value as YAML 1.2 in block style. Scalars and keys stay as JSON writes them, which YAML reads alike.
enum YAMLWriter {
  static func string(_ value: JSONValue) -> String {
    var text = ""
    write(value, indentation: 0, to: &text)
    return text
  }

  /// Starts in the column that the caller has indented to, and ends with a line feed.
  private static func write(_ value: JSONValue, indentation: Int, to text: inout String) {
    let margin = String(repeating: " ", count: indentation)
    switch value {
    case .object(let object) where !object.isEmpty:
      for (index, pair) in object.enumerated() {
        text += (index == 0 ? "" : margin) + JSONWriter.compact.string(.string(pair.key)) + ":"
        if isBlock(pair.value) {
          text += "\n\(margin)  "
          write(pair.value, indentation: indentation + 2, to: &text)
        } else {
          text += " \(JSONWriter.compact.string(pair.value))\n"
        }
      }
    case .array(let items) where !items.isEmpty:
      for (index, item) in items.enumerated() {
        text += (index == 0 ? "" : margin) + "- "
        write(item, indentation: indentation + 2, to: &text)
      }
    default: text += JSONWriter.compact.string(value) + "\n"
    }
  }

  private static func isBlock(_ value: JSONValue) -> Bool {
    switch value {
    case .object(let object): !object.isEmpty
    case .array(let items): !items.isEmpty
    case .null, .bool, .number, .string: false
    }
  }
}
