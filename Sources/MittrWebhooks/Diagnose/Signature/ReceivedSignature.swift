import Basics

/// One way to read what a signature header says, however it is written.
struct ReceivedSignature: Hashable {
  /// How the signature ought to be written differently; empty when it is in the one form that verifies.
  let faults: [SignatureReason]
  /// The hash that makes as many digits.
  let algorithm: SignatureAlgorithm
  /// The values of its hexadecimal digits.
  private let digits: [UInt8]
  /// The values of the last digits, when those between were left out.
  private var lastDigits: [UInt8] = []

  var digitCount: Int { digits.count + lastDigits.count }

  /// Whether the digits are those that a code begins with, found in a time that does not depend on where they differ.
  func isRight(_ code: UnsafeRawBufferPointer) -> Bool {
    guard digitCount <= 2 * code.count else { return false }
    let lastPlace = 2 * code.count - lastDigits.count
    return (Self.difference(digits, code, at: 0) | Self.difference(lastDigits, code, at: lastPlace)) == 0
  }

  /// 0 when the digits are those of the code from a place on.
  private static func difference(_ digits: [UInt8], _ code: UnsafeRawBufferPointer, at place: Int) -> UInt8 {
    var difference: UInt8 = 0
    for index in digits.indices {
      let byte = code[(place + index) / 2]
      difference |= digits[index] ^ ((place + index) % 2 == 0 ? byte >> 4 : byte & 0x0F)
    }
    return difference
  }
}

extension ReceivedSignature {
  /// No more values of a repeated header are read.
  static let maximumValues = 8
  /// No longer values and no more parts of one are read.
  private static let limit = (length: 1024, parts: 16)
  /// A shorter beginning of a signature shows nothing.
  private static let fewestDigits = 16

  /// Every way to read the values of the header.
  static func readings(of values: [String]) -> [ReceivedSignature] {
    values.prefix(maximumValues).flatMap { value in
      readings(of: Array(value.utf8.prefix(limit.length + 1)), isOneOfSeveral: values.count > 1)
    }
  }

  private static func readings(of value: [UInt8], isOneOfSeveral: Bool) -> [ReceivedSignature] {
    guard value.count <= limit.length else { return [] }
    let bare = withoutSurroundings(value[...])
    let faults: [SignatureReason] = isOneOfSeveral || bare.count < value.count ? [.malformedSignature] : []
    let whole = readings(of: bare, faults: faults)
    guard whole.isEmpty else { return whole }
    // Broken over lines, as terminals copy it.
    let joined = value.filter { !BodyFeatures.isBlank($0) }
    if joined.count < value.count {
      let readings = readings(of: withoutSurroundings(joined[...]), faults: [.malformedSignature])
        .filter { !$0.faults.contains(.signatureTruncated) }
      if !readings.isEmpty { return readings }
    }
    // A list, as gateways make it of a repeated header and as other platforms send it.
    for separators in [" \t\r\n", ",;"] {
      let parts = value.split(maxSplits: limit.parts) { separators.utf8.contains($0) }
      guard parts.count > 1 else { continue }
      let listed = parts.flatMap { readings(of: withoutSurroundings($0), faults: [.malformedSignature]) }
      if !listed.isEmpty { return listed }
    }
    return []
  }

  private static func withoutSurroundings(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isAround: (UInt8) -> Bool = { " \t\r\n\"'<>".utf8.contains($0) }
    let start = text.drop(while: isAround)
    guard let last = start.lastIndex(where: { !isAround($0) }) else { return [] }
    return start[...last]
  }

  private static func readings(of text: ArraySlice<UInt8>, faults: [SignatureReason]) -> [ReceivedSignature] {
    if text.starts(with: "v1=".utf8) {
      let rest = text.dropFirst(3)
      let readings = readings(ofDigits: rest, faults: faults)
      return readings.isEmpty && rest.starts(with: "3D".utf8)
        ? self.readings(ofDigits: rest.dropFirst(2), faults: faults.adding(.malformedSignature)) : readings
    }
    for equals in ["%3D", "%3d", #"\u003d"#, #"\u003D"#, "&#61;"] where text.starts(with: "v1\(equals)".utf8) {
      return readings(ofDigits: text.dropFirst(2 + equals.utf8.count), faults: faults.adding(.malformedSignature))
    }
    let faults = faults + [.signatureMissingPrefix]
    let bare = readings(ofDigits: text, faults: faults)
    guard bare.isEmpty else { return bare }
    let isName: (UInt8) -> Bool = { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || "-_".utf8.contains(byte)
    }
    let name = text.prefix(while: isName)
    guard name.count <= 16, let separator = text.dropFirst(name.count).first, "=,: ".utf8.contains(separator) else {
      return []
    }
    return readings(ofDigits: text.dropFirst(name.count + 1).drop { $0 == 0x20 }, faults: faults)
  }

  private static func readings(ofDigits text: ArraySlice<UInt8>, faults: [SignatureReason]) -> [ReceivedSignature] {
    if let values = hexadecimalValues(text) {
      let isUppercase = text.contains { UInt8(ascii: "A")...UInt8(ascii: "F") ~= $0 }
      return readings(ofValues: values, faults: isUppercase ? faults + [.signatureUppercase] : faults)
    }
    if let reading = shortened(text, faults: faults) { return [reading] }
    guard let bytes = Base64.decoded(Array(text)) else { return [] }
    let faults = faults + [.signatureBase64]
    // The base64 of the digits, rather than of what they stand for.
    if bytes.count == 64, let values = hexadecimalValues(bytes[...]) {
      return readings(ofValues: values, faults: faults)
    }
    guard let algorithm = SignatureAlgorithm.allCases.first(where: { $0.byteCount == bytes.count }) else { return [] }
    let values = bytes.flatMap { [$0 >> 4, $0 & 0x0F] }
    return [ReceivedSignature(faults: faults, algorithm: algorithm, digits: values)]
  }

  /// Of a signature whose digits were left out at the end or in the middle, with dots for them.
  private static func shortened(_ text: ArraySlice<UInt8>, faults: [SignatureReason]) -> ReceivedSignature? {
    let isDigit: (UInt8) -> Bool = { Hex.value(of: $0) != nil }
    let (first, last) = (text.prefix(while: isDigit), Array(text.reversed().prefix(while: isDigit).reversed()))
    guard first.count + last.count < text.count, first.count + last.count < 2 * SignatureAlgorithm.sha256.byteCount,
      first.count + last.count >= fewestDigits
    else { return nil }
    let middle = text.dropFirst(first.count).dropLast(last.count)
    guard middle.allSatisfy({ $0 == UInt8(ascii: ".") }) || "\u{2026}".utf8.elementsEqual(middle) else { return nil }
    var reading = ReceivedSignature(
      faults: faults + [.signatureTruncated], algorithm: .sha256, digits: first.compactMap(Hex.value))
    reading.lastDigits = last.compactMap(Hex.value)
    return reading
  }

  private static func readings(ofValues values: [UInt8], faults: [SignatureReason]) -> [ReceivedSignature] {
    var readings = SignatureAlgorithm.allCases.filter { 2 * $0.byteCount == values.count }
      .map { ReceivedSignature(faults: faults, algorithm: $0, digits: values) }
    if fewestDigits..<2 * SignatureAlgorithm.sha256.byteCount ~= values.count {
      readings.append(
        ReceivedSignature(faults: faults + [.signatureTruncated], algorithm: .sha256, digits: values))
    }
    return readings
  }

  private static func hexadecimalValues(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard fewestDigits...2 * SignatureAlgorithm.sha512.byteCount ~= text.count else { return nil }
    var values: [UInt8] = []
    for byte in text {
      guard let value = Hex.value(of: byte) else { return nil }
      values.append(value)
    }
    return values
  }
}

extension [SignatureReason] {
  /// With another reason, once.
  fileprivate func adding(_ reason: SignatureReason) -> [SignatureReason] {
    contains(reason) ? self : self + [reason]
  }
}
