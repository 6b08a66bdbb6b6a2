import Basics

/// Why bytes are not JSON, and where.
///
/// The rules are those of RFC 8259, strictly: no comments, no trailing commas, no `NaN`, no leading zeros, no raw
/// control characters in strings, no byte order mark, nothing but white space after the value. Where the grammar allows
/// what Unicode does not, the escape of half a surrogate pair (`"\ud83d"`), the grammar counts.
public struct JSONSyntaxError: Error, Sendable, Hashable {
  /// What was wrong. New reasons may be added.
  #if hasAttribute(nonexhaustive)
    @nonexhaustive
  #endif
  public enum Reason: Sendable, Hashable {
    /// The text ends before the value does.
    case unexpectedEnd
    /// A byte that cannot stand there.
    case unexpectedByte(UInt8)
    /// Something other than white space stands after the value.
    case trailingContent
    /// What begins as a number is none, such as `01` or `1.`.
    case invalidNumber
    /// What begins as `true`, `false` or `null` is none of them.
    case invalidLiteral
    /// A backslash in a string is followed by what is no escape.
    case invalidEscape
    /// A control character stands in a string without an escape.
    case controlCharacterInString
    /// The bytes are not UTF-8.
    case invalidUTF8
    /// Arrays and objects are nested deeper than the limit.
    case tooDeep(limit: Int)
  }

  /// What is wrong.
  public let reason: Reason
  /// The number of bytes before the offending one, from the start of the text given.
  public let offset: Int

  /// - Parameters:
  ///   - reason: what is wrong.
  ///   - offset: the number of bytes before it, from the start of the text.
  public init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

extension JSONSyntaxError: CustomStringConvertible {
  /// One sentence without a full stop, such as `not a JSON escape at byte 12`.
  public var description: String { "\(reason) at byte \(offset)" }
}

extension JSONSyntaxError.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unexpectedEnd: "the text ends too early"
    case .unexpectedByte(let byte) where (0x21...0x7E).contains(byte):
      "unexpected '\(Character(Unicode.Scalar(byte)))'"
    case .unexpectedByte(let byte): "unexpected byte 0x\(Hex.text(byte))"
    case .trailingContent: "something follows the value"
    case .invalidNumber: "not a JSON number"
    case .invalidLiteral: "not a JSON literal (true, false and null are)"
    case .invalidEscape: "not a JSON escape"
    case .controlCharacterInString: "a raw control character in a string"
    case .invalidUTF8: "invalid UTF-8"
    case .tooDeep(let limit): "nested more than \(limit) levels deep"
    }
  }
}
