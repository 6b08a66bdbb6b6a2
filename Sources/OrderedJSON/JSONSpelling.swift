/// How a string with escapes was written, quotes included: `"caf\u00e9"`. Only the parser makes one.
///
/// A class, so that a value is no larger for the few strings that have one.
public final class JSONSpelling: Sendable {
  /// Valid JSON text of the string that it stands beside.
  public let text: String

  init(decoding bytes: Slice<UnsafeBufferPointer<UInt8>>) { text = String(decoding: bytes, as: UTF8.self) }
}
