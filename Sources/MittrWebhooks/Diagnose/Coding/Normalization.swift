#if canImport(Darwin)
  // Foundation is part of the system there, and the standard library's interface does not show its normal forms.
  import Foundation
#else
  @_spi(_Unicode) import Swift
#endif

/// The two normal forms of Unicode in which texts are kept: one character for `é`, or two.
enum Normalization {
  /// As keyboards and most programs write text; nil when the bytes are no UTF-8.
  static func composed(_ body: [UInt8]) -> [UInt8]? {
    guard let text = String(validating: body, as: UTF8.self) else { return nil }
    #if canImport(Darwin)
      return Array(text.precomposedStringWithCanonicalMapping.utf8)
    #else
      return utf8(text._nfc)
    #endif
  }

  /// As the file systems of macOS write it; nil when the bytes are no UTF-8.
  static func decomposed(_ body: [UInt8]) -> [UInt8]? {
    guard let text = String(validating: body, as: UTF8.self) else { return nil }
    #if canImport(Darwin)
      return Array(text.decomposedStringWithCanonicalMapping.utf8)
    #else
      return utf8(text._nfd)
    #endif
  }

  #if !canImport(Darwin)
    private static func utf8(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
      var result: [UInt8] = []
      for scalar in scalars {
        if scalar.isASCII {
          result.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
          result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        }
      }
      return result
    }
  #endif
}
