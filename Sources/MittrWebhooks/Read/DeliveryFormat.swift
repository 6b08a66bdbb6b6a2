/// A form in which people have a delivery as text.
///
/// To add one, add a declaration to `all`: what it is called, what it looks like at a glance, and how it is read. The first
/// that looks right and is read wins, so that what is exact stands before what is guessed.
struct DeliveryFormat: Sendable {
  /// A cheap look: whether reading is worth while.
  let looksRight: @Sendable (_ text: ArraySlice<UInt8>) -> Bool
  /// Reads the text.
  /// - Returns: nil when it is not in this form after all.
  let read: @Sendable (_ text: ArraySlice<UInt8>, _ depth: Int) throws(DeliverySourceError) -> DeliveryReading?

  /// Whether it only takes something off: what is left decides, and no other form is tried.
  var isUnwrapping = false

  static let all: [DeliveryFormat] = [
    DeliveryFormat(looksRight: HeaderName.isMentioned) { text, _ throws(DeliverySourceError) in
      LabelledParts.reading(of: text)
    },
    DeliveryFormat(looksRight: RawRequest.begins) { text, _ throws(DeliverySourceError) in
      try RawRequest.reading(of: text)
    },
    DeliveryFormat(looksRight: CommandText.looksRight) { text, _ throws(DeliverySourceError) in
      try CommandText.reading(of: text)
    },
    DeliveryFormat(looksRight: PowerShellText.looksRight) { text, _ throws(DeliverySourceError) in
      try PowerShellText.reading(of: text)
    },
    DeliveryFormat(looksRight: JSONRecords.looksRight) { text, depth throws(DeliverySourceError) in
      try JSONRecords.reading(of: text, depth: depth)
    },
    unwrapping("printed by curl -v", hasBody: false, TextMarks.sentByCurl),
    unwrapping("copied from Wireshark", hasBody: false, TextMarks.withWrittenBreaks),
    DeliveryFormat(looksRight: isFenced, read: fenced, isUnwrapping: true),
    unwrapping("quoted", TextMarks.unquoted),
    unwrapping("indented", TextMarks.unindented),
    unwrapping("written as a string", EscapedText.request(in:)),
    unwrapping("behind other text", RawRequestInText.request(in:)),
    DeliveryFormat(looksRight: LiteralReader.looksRight) { text, depth throws(DeliverySourceError) in
      guard let value = LiteralReader.value(of: text) else { return nil }
      let reading = try RecordFormat.find(in: value, depth: depth)
      if let name = reading?.bodies.first.flatMap({ variable($0.bytes, in: text) }) {
        throw .badBody("the body is the variable \(name), whose value is not read")
      }
      return reading
    },
    DeliveryFormat(
      looksRight: { _ in true },
      read: { text, _ throws(DeliverySourceError) in HeaderDump.found(in: text) }),
    unwrapping("behind other text", CommandText.command(in:)),
    DeliveryFormat(looksRight: HeaderName.isMentioned) { text, _ throws(DeliverySourceError) in
      HeaderDump.found(in: text, isGuess: true)
    },
  ]

  /// How often a text may be wrapped.
  private static let maximumDepth = 4

  static func reading(of bytes: ArraySlice<UInt8>, depth: Int = 0) throws(DeliverySourceError) -> DeliveryReading {
    let text = TextMarks.decoded(bytes)
    let (line, number) = text.firstLine
    guard !line.isEmpty else { throw .empty }
    var failure: DeliverySourceError?
    if depth < maximumDepth {
      for format in all {
        // Only a raw request is looked at without all of it being read.
        if text.count > DeliverySource.maximumBytes, !RawRequest.begins(text) {
          throw .tooLarge(limit: DeliverySource.maximumBytes)
        }
        guard format.looksRight(text) else { continue }
        do throws(DeliverySourceError) {
          guard let reading = try format.read(text, depth) else { continue }
          if reading.isWhole(of: text) { return reading }
        } catch {
          guard case .notUnderstood = error, !format.isUnwrapping else { throw error }
          failure = failure ?? error
        }
        if text.count > DeliverySource.maximumBytes { break }
      }
    }
    throw failure ?? .notUnderstood(line, number: number, in: text)
  }

  /// A text that is read once something was taken off.
  /// - Parameter hasBody: false when what was taken off may have been the body.
  private static func unwrapping(
    _ how: String, hasBody: Bool = true, _ unwrap: @escaping @Sendable (ArraySlice<UInt8>) -> ArraySlice<UInt8>?
  ) -> DeliveryFormat {
    DeliveryFormat(
      looksRight: { _ in true },
      read: { text, depth throws(DeliverySourceError) in
        guard let inner = unwrap(text) else { return nil }
        var reading = try Self.reading(of: inner, depth: depth + 1)
        reading.format += ", \(how)"
        if !hasBody, reading.bodies.allSatisfy({ $0.bytes.isEmpty }) { reading.bodies = [] }
        return reading
      }, isUnwrapping: true)
  }

  /// A body that is a bare word in a program: the name of a variable. Nil for any other.
  private static func variable(_ body: ArraySlice<UInt8>, in program: ArraySlice<UInt8>) -> String? {
    guard body.first?.isLetter == true, body.count <= 64,
      body.allSatisfy({ $0.isLetter || $0.isDigit || "._$".utf8.contains($0) })
    else { return nil }
    let name = body.text
    let isQuoted = ["\"", "'", "`"].contains { quote in
      program.firstRange(ignoringCase: quote + name.lowercased() + quote) != nil
    }
    return isQuoted ? nil : name
  }

  private static func isFenced(_ text: ArraySlice<UInt8>) -> Bool {
    (text.firstRange(ignoringCase: "```") ?? text.firstRange(ignoringCase: "~~~")) != nil
      && !TextMarks.fenced(text).isEmpty
  }

  /// The first fence that holds a delivery. Where it holds only the headers, the next one holds the body.
  private static func fenced(
    _ text: ArraySlice<UInt8>, depth: Int
  ) throws(DeliverySourceError) -> DeliveryReading? {
    let parts = TextMarks.fenced(text)
    guard let index = parts.firstIndex(where: { HeaderName.isMentioned(in: $0) }) ?? parts.indices.first else {
      return nil
    }
    var reading = try reading(of: parts[index], depth: depth + 1)
    reading.format += ", in a fence"
    if reading.bodies.allSatisfy({ $0.bytes.isEmpty }), index + 1 < parts.count {
      reading.bodies = [DeliveryBody(parts[index + 1])]
    }
    return reading
  }
}

extension DeliveryReading {
  /// Whether no header with a signature stands in the text beside what was read.
  fileprivate func isWhole(of text: ArraySlice<UInt8>) -> Bool {
    if hasSignature { return true }
    // A raw request's body may speak of anything.
    let known = bodies.map { HeaderName.mentions(in: $0.bytes) }.max() ?? 0
    // Some headers list the names of others.
    let lists = [
      "access-control-allow-headers", "access-control-expose-headers", "access-control-request-headers", "vary",
    ]
    let values = fields.filter { lists.contains($0.name.lowercased()) }
      .reduce(0) { $0 + HeaderName.mentions(in: Array($1.value.utf8)[...]) }
    return HeaderName.mentions(in: text) <= known + values
  }
}
