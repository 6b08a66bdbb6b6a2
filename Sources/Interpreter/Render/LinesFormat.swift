import OrderedJSON

/// One item a line: strings raw, everything else as compact JSON. The format of pipes.
final class LinesFormat: ResultFormat {
  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) { item(value, to: &bytes) }

  func item(_ item: JSONValue, to bytes: inout [UInt8]) {
    if case .string(let text, _) = item {
      bytes.append(contentsOf: text.utf8)
    } else {
      JSONWriter.compact.write(item, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
