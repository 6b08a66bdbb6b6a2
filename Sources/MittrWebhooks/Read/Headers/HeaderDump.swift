import OrderedJSON

/// A form in which languages and tools print headers by themselves.
///
/// To add one, add a declaration to `all`: what it is called, what it looks like at a glance, and how it is read. The first
/// in which the header with the signature is found wins.
struct HeaderDump: Sendable {
  /// With its article.
  let name: String
  /// A cheap look: whether reading is worth while.
  let looksRight: @Sendable (ArraySlice<UInt8>) -> Bool
  /// Reads all fields.
  /// - Returns: nil when it is not in this form after all.
  let read: @Sendable (ArraySlice<UInt8>) throws(DeliverySourceError) -> [HeaderField]?

  init(
    _ name: String, looksRight: @escaping @Sendable (ArraySlice<UInt8>) -> Bool,
    read: @escaping @Sendable (ArraySlice<UInt8>) throws(DeliverySourceError) -> [HeaderField]?
  ) {
    self.name = name
    self.looksRight = looksRight
    self.read = read
  }

  static let all: [HeaderDump] = [
    HeaderDump("JSON", looksRight: JSONRecords.looksRight) { text throws(DeliverySourceError) in
      JSONRecords.value(of: text).flatMap(HeaderShape.fields(of:))
    },
    HeaderDump("names and values in turn", looksRight: Columns.alternates, read: Columns.alternating),
    HeaderDump(
      "header lines", looksRight: { _ in true },
      read: { text throws(DeliverySourceError) in try HeaderLines(text).fields }),
    HeaderDump("an array as PHP prints it", looksRight: PrintedMaps.isPHP, read: PrintedMaps.php),
    HeaderDump("a map as Go prints it", looksRight: PrintedMaps.isGo, read: PrintedMaps.go),
    HeaderDump("a map as Java prints it", looksRight: PrintedMaps.isJava, read: PrintedMaps.java),
    HeaderDump("a value as a programming language prints it", looksRight: LiteralReader.looksRight, read: literal),
    HeaderDump("a part of an object", looksRight: isPart) { text throws(DeliverySourceError) in
      try literal([UInt8(ascii: "{")] + text + [UInt8(ascii: "}")])
    },
    HeaderDump("a table", looksRight: { $0.contains(UInt8(ascii: "|")) }, read: Columns.table),
    HeaderDump("columns", looksRight: Columns.hasColumns, read: Columns.columns),
    HeaderDump("variables", looksRight: { $0.contains(UInt8(ascii: "=")) }, read: Columns.assignments),
  ]

  /// Forms that say nothing of what else is in the text, so that every other one is tried before.
  static let guesses: [HeaderDump] = [
    HeaderDump("a text with both headers", looksRight: HeaderName.isMentioned, read: NamedValues.fields)
  ]

  private static func isPart(_ text: ArraySlice<UInt8>) -> Bool {
    text.firstLine.line.first.map { "\"':".utf8.contains($0) } == true
  }

  @Sendable private static func literal(_ text: ArraySlice<UInt8>) throws(DeliverySourceError) -> [HeaderField]? {
    guard let value = LiteralReader.value(of: text) else { return nil }
    let fields = HeaderShape.fields(of: value)
    if fields?.contains(where: { HeaderName.mentionsSignature($0.name) }) == true { return fields }
    return HeaderShape.innerFields(of: value) ?? fields
  }

  private static func literal(_ text: [UInt8]) throws(DeliverySourceError) -> [HeaderField]? { try literal(text[...]) }

  // MARK: Reading

  /// Headers by themselves that are longer are refused: 1 MiB. Nobody has them, and each line is looked at by itself.
  private static let maximumBytes = 1 << 20

  /// Reads headers in whatever form they are, those of a whole delivery included.
  static func reading(of bytes: ArraySlice<UInt8>) throws(DeliverySourceError) -> DeliveryReading {
    let text = TextMarks.decoded(bytes)
    guard text.count <= DeliverySource.maximumBytes else { throw .tooLarge(limit: DeliverySource.maximumBytes) }
    let (line, number) = text.firstLine
    guard !line.isEmpty else { throw .noHeaders }
    let inner =
      TextMarks.sentByCurl(text) ?? TextMarks.withWrittenBreaks(text) ?? TextMarks.fenced(text).first {
        HeaderName.isMentioned(in: $0)
      }
      ?? TextMarks.unquoted(text) ?? text
    if let reading = found(in: inner), reading.hasSignature { return reading }
    var failure: DeliverySourceError?
    do throws(DeliverySourceError) {
      let reading = try DeliveryFormat.reading(of: text)
      if reading.hasSignature || !HeaderName.isMentioned(in: text) { return reading }
    } catch {
      if case .several = error { throw error }
      if case .bodyInFile = error, let reading = CommandText.headers(in: inner) { return reading }
      if case .notUnderstood = error { failure = error }
    }
    throw failure ?? .notUnderstood(line, number: number, in: text)
  }

  /// Reads headers from a value.
  static func reading(of value: JSONValue) throws(DeliverySourceError) -> DeliveryReading {
    let own = HeaderShape.fields(of: value).map {
      DeliveryReading(format: "headers in a record", fields: canonical($0))
    }
    if let own, own.hasSignature { return own }
    if let inner = try RecordFormat.find(in: value, depth: 0), inner.hasSignature || own == nil { return inner }
    if let own { return own }
    if value.objectValue?.isEmpty == true { return DeliveryReading(format: "headers in a record", fields: []) }
    let text = Array(value.description.utf8)[...]
    throw .notUnderstood(text, number: 1, in: text)
  }

  /// The headers in a text; nil when no form explains it.
  static func found(in text: ArraySlice<UInt8>, isGuess: Bool = false) -> DeliveryReading? {
    guard text.count <= maximumBytes else { return nil }
    var other: DeliveryReading?
    for (index, dump) in (isGuess ? guesses : all).enumerated() where dump.looksRight(text) {
      guard let fields = (try? dump.read(text)) ?? nil, !fields.isEmpty else { continue }
      let reading = DeliveryReading(format: dump.name, fields: canonical(fields))
      if reading.hasSignature { return reading }
      // Any two words could be a name and a value: without the one header, others must be there that are known.
      if other == nil, index == linesIndex || fields.contains(where: { isKnown($0.name) }) { other = reading }
    }
    return other
  }

  private static let linesIndex = all.firstIndex { $0.name == "header lines" }

  private static func isKnown(_ name: String) -> Bool {
    let name = HeaderName.header(name).lowercased()
    return ["host", "user-agent", "content-type", "content-length", "accept"].contains(name) || name.hasPrefix("x-")
  }

  /// The fields under the names of headers, where a program had made variables of them.
  private static func canonical(_ fields: [HeaderField]) -> [HeaderField] {
    fields.map { (HeaderName.header($0.name), $0.value) }
  }
}
