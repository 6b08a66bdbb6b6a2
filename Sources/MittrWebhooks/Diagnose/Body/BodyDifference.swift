import Basics

/// Where the body received and the body signed first differ.
public struct BodyDifference: Sendable, Hashable {
  /// How many bytes both begin with.
  public let offset: Int
  /// What was received from there on, such as `LF`, `"{"a": 1"` in quotes, or `the end`. Printable, and a few characters.
  public let received: String
  /// What was signed from there on, in the same form.
  public let signed: String

  /// How many bytes of each side are looked at.
  static let window = 12

  init(offset: Int, received: [UInt8], signed: [UInt8]) {
    self.offset = offset
    self.received = Self.named(received)
    self.signed = Self.named(signed)
  }

  private static func named(_ bytes: [UInt8]) -> String {
    if bytes.isEmpty { return "the end" }
    if bytes.starts(with: BodyFeatures.byteOrderMark) { return "a byte order mark" }
    let breaks = bytes.prefix { $0 == 0x0A || $0 == 0x0D }
    guard breaks.isEmpty else { return breaks.map { $0 == 0x0A ? "LF" : "CR" }.joined(separator: " ") }
    if bytes[0] == 0x09 { return "a tab" }
    guard bytes[0] >= 0x20, bytes[0] < 0x7F else { return "0x" + hexadecimal(bytes[0]) }
    return "\"" + String(decoding: bytes.prefix { 0x20..<0x7F ~= $0 }, as: UTF8.self) + "\""
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    String(decoding: Hex.encoded([byte], uppercase: true), as: UTF8.self)
  }
}

extension BodyDifference: CustomStringConvertible {
  /// Such as `byte 17: received LF, signed CR LF`. Bytes are counted from 0.
  public var description: String { "byte \(offset): received \(received), signed \(signed)" }
}
