/// A request in PowerShell: `Invoke-WebRequest … -Headers @{"A"="b"} -Body "…"`, as browsers copy it, or with variables.
enum PowerShellText {
  static func looksRight(_ text: ArraySlice<UInt8>) -> Bool {
    text.firstRange(ignoringCase: "@{") != nil && HeaderName.isMentioned(in: text)
  }

  static func reading(of text: ArraySlice<UInt8>) throws(DeliverySourceError) -> DeliveryReading? {
    var rest = text
    for _ in 0..<mostTries {
      guard let open = rest.firstRange(ignoringCase: "@{") else { return nil }
      var inner = text[open.upperBound...]
      let fields = takeFields(&inner)
      rest = inner
      guard fields.contains(where: { HeaderName.mentionsSignature($0.name) }) else { continue }
      var reading = DeliveryReading(format: "a request in PowerShell", fields: fields)
      guard let body = body(in: text[..<open.lowerBound]) ?? body(in: inner) else { throw .noBody }
      reading.bodies = [DeliveryBody(body[...])]
      return reading
    }
    return nil
  }

  /// So many tables, and so many places of the body, are looked at: a string without an end costs a walk to the text's.
  private static let mostTries = 16

  /// `"Name"="value"` up to the closing bracket; what is no such pair ends it.
  private static func takeFields(_ rest: inout ArraySlice<UInt8>) -> [HeaderField] {
    var fields: [HeaderField] = []
    while true {
      rest = rest.drop { $0.isBlank || $0 == UInt8(ascii: ";") }
      var name = rest.prefix { $0.isToken && !"'`".utf8.contains($0) }
      if name.isEmpty, let quoted = takeString(&rest) { name = quoted[...] } else { rest = rest.dropFirst(name.count) }
      rest = rest.drop { $0.isBlank }
      guard HeaderName.isToken(name), rest.popFirst() == UInt8(ascii: "=") else { return fields }
      rest = rest.drop { $0.isBlank }
      guard let value = takeString(&rest) else { return fields }
      fields.append((name.text, value[...].text))
    }
  }

  /// The string that is given as the body, or that a variable of that name has.
  private static func body(in text: ArraySlice<UInt8>) -> [UInt8]? {
    for mark in ["-body", "$body", "$payload"] {
      var rest = text
      for _ in 0..<mostTries {
        guard let range = rest.firstRange(ignoringCase: mark) else { break }
        rest = rest[range.upperBound...].drop { $0 == 0x20 || $0 == UInt8(ascii: "=") }
        var value = rest
        // `-Body ([System.Text.Encoding]::UTF8.GetBytes("…"))`
        if value.first == UInt8(ascii: "("), let call = value.prefix(80).firstIndex(where: { "\"'@".utf8.contains($0) })
        {
          value = value[call...]
        }
        if let body = takeString(&value) { return body }
      }
    }
    return nil
  }

  /// One string: `"…"` with backticks, `'…'`, or one of several lines, `@"…"@` or `@'…'@`.
  private static func takeString(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    var text = rest
    let isLong = text.first == UInt8(ascii: "@")
    if isLong { text.removeFirst() }
    guard let quote = text.popFirst(), "\"'".utf8.contains(quote) else { return nil }
    if isLong {
      guard let start = text.firstIndex(of: UInt8(ascii: "\n")),
        let end = text[start...].firstRange(ignoringCase: quote == UInt8(ascii: "'") ? "\n'@" : "\n\"@")
      else { return nil }
      rest = text[end.upperBound...]
      let lines = start < end.lowerBound ? text[(start + 1)..<end.lowerBound] : text.prefix(0)
      return Array(lines.last == UInt8(ascii: "\r") ? lines.dropLast() : lines)
    }
    var units = PowerShellUnits()
    while let byte = text.popFirst() {
      if byte == quote {
        guard text.first == quote else {
          rest = text
          return units.bytes
        }
        text.removeFirst()
        units.add(quote)
      } else if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "`"), let next = text.popFirst() {
        let simple: [UInt8: UInt8] = [
          0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09, 0x30: 0, 0x61: 7, 0x62: 8, 0x66: 12, 0x76: 11,
        ]
        units.add(simple[next] ?? next)
      } else if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "$"), text.startsIgnoringCase("([char]") {
        let digits = text.dropFirst(7).prefix(6).prefix(while: \.isDigit)
        guard let unit = UInt16(digits.text), text[digits.endIndex...].first == UInt8(ascii: ")") else { return nil }
        text = text[(digits.endIndex + 1)...]
        units.add(unit: unit)
      } else {
        units.add(byte)
      }
    }
    return nil
  }
}

/// Bytes, some of which are written as UTF-16: `$([char]252)`.
private struct PowerShellUnits {
  private var done: [UInt8] = []
  private var pending: [UInt16] = []

  mutating func add(_ byte: UInt8) {
    flush()
    done.append(byte)
  }

  mutating func add(unit: UInt16) { pending.append(unit) }

  private mutating func flush() {
    guard !pending.isEmpty else { return }
    done += String(decoding: pending, as: UTF16.self).utf8
    pending = []
  }

  var bytes: [UInt8] {
    var copy = self
    copy.flush()
    return copy.done
  }
}
