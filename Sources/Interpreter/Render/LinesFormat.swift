import OrderedJSON

/// One item a line: strings raw, everything else as compact JSON. The format of pipes, and of texts that are written down
/// already.
final class LinesFormat: ResultFormat {
  private let lineBreak: String
  let isJSON: Bool

  /// - Parameter isJSON: whether the texts are JSON.
  init(lineBreak: String = "\n", isJSON: Bool = false) {
    self.lineBreak = lineBreak
    self.isJSON = isJSON
  }

  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) { item(value, to: &bytes) }

  func item(_ item: JSONValue, to bytes: inout [UInt8]) {
    if case .string(let text, _) = item {
      bytes.append(contentsOf: text.utf8)
    } else {
      JSONWriter.compact.write(item, to: &bytes)
    }
    bytes.append(contentsOf: lineBreak.utf8)
  }
}
