import Basics
import CLibedit

/// The C library's opinion of how many columns a character takes, which most terminals share.
package enum CharacterWidth {
  /// 0 for marks, and for what the C library takes for no printable character.
  package static func of(_ scalar: Unicode.Scalar) -> Int { max(0, known(scalar) ?? 0) }

  /// Nil for what is no printable character, or a newer one than the C library knows.
  package static func known(_ scalar: Unicode.Scalar) -> Int? {
    guard scalar.value >= 0x80 else { return (0x20..<0x7F).contains(scalar.value) ? 1 : nil }
    let previous = uselocale(locale)
    defer { uselocale(previous) }
    let width = editline_width(wchar_t(bitPattern: scalar.value))
    return width < 0 ? nil : Int(width)
  }

  /// For this thread alone and only while it asks.
  private nonisolated(unsafe) static let locale = newlocale(characterTypes, "C.UTF-8", nil)

  /// `LC_CTYPE_MASK`.
  #if canImport(Darwin)
    private static let characterTypes: Int32 = 1 << 1
  #else
    private static let characterTypes: Int32 = 1 << 0
  #endif
}
