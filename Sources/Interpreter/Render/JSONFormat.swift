import OrderedJSON

/// One JSON text: a value by itself, a stream as an array, with an item's text a line further in unless it is compact.
final class JSONFormat: ResultFormat {
  private let writer: JSONWriter
  /// Spaces a level; nil is no white space at all.
  private let indentation: Int?
  private var isFirst = true

  init(_ writer: JSONWriter = .pretty, indentation: Int? = 2) {
    self.writer = writer
    self.indentation = indentation
  }

  var isJSON: Bool { true }

  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) {
    writer.write(value, to: &bytes)
    bytes.append(.lineFeed)
  }

  func item(_ item: JSONValue, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: isFirst ? "[" : ","))
    isFirst = false
    guard let indentation else { return writer.write(item, to: &bytes) }
    breakLine(indentation, in: &bytes)
    var text: [UInt8] = []
    writer.write(item, to: &text)
    for byte in text {
      if byte == .lineFeed { breakLine(indentation, in: &bytes) } else { bytes.append(byte) }
    }
  }

  func end(to bytes: inout [UInt8]) {
    if isFirst {
      bytes.append(UInt8(ascii: "["))
    } else if indentation != nil {
      breakLine(0, in: &bytes)
    }
    bytes.append(contentsOf: "]\n".utf8)
  }

  private func breakLine(_ spaces: Int, in bytes: inout [UInt8]) {
    bytes.append(.lineFeed)
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: spaces))
  }
}

/// JSON Lines: one compact JSON text an item.
final class JSONLinesFormat: ResultFormat {
  var isJSON: Bool { true }

  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) { item(value, to: &bytes) }

  func item(_ item: JSONValue, to bytes: inout [UInt8]) {
    JSONWriter.compact.write(item, to: &bytes)
    bytes.append(.lineFeed)
  }
}
