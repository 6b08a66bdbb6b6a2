import Basics

/// What a backslash and what follows it stand for in JSON, JavaScript, Python, Ruby, PHP, C, Swift, Rust and a shell's
/// `$'…'`: one reader for all of them, since they agree wherever they have the same escape.
enum BackslashEscape {
  /// A number that some languages take for a byte and others for a character: `\xE9`, `\351`.
  case number(UInt8)
  case scalar(Unicode.Scalar)
  /// Half of a surrogate pair whose other half is missing.
  case loneSurrogate
  /// A line break that the text goes on over.
  case nothing

  /// Takes what stands behind a backslash; nil, with nothing taken, when none of the languages has such an escape.
  static func take(_ rest: inout ArraySlice<UInt8>) -> BackslashEscape? {
    guard let letter = rest.first else { return nil }
    var behind = rest.dropFirst()
    guard let escape = read(letter, &behind) else { return nil }
    rest = behind
    return escape
  }

  private static func read(_ letter: UInt8, _ rest: inout ArraySlice<UInt8>) -> BackslashEscape? {
    switch letter {
    case UInt8(ascii: "n"): return .scalar("\n")
    case UInt8(ascii: "r"): return .scalar("\r")
    case UInt8(ascii: "t"): return .scalar("\t")
    case UInt8(ascii: "b"): return .scalar("\u{8}")
    case UInt8(ascii: "f"): return .scalar("\u{C}")
    case UInt8(ascii: "v"): return .scalar("\u{B}")
    case UInt8(ascii: "a"): return .scalar("\u{7}")
    case UInt8(ascii: "e"): return .scalar("\u{1B}")
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "/"),
      UInt8(ascii: "$"), UInt8(ascii: "?"), UInt8(ascii: "#"):
      return .scalar(Unicode.Scalar(letter))
    case UInt8(ascii: "x"): return number(&rest, digits: 1...2).map { .number(UInt8($0)) }
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      let more = rest.prefix(2).prefix { isOctal($0) }
      rest = rest.dropFirst(more.count)
      let value = more.reduce(Int(letter - UInt8(ascii: "0"))) { $0 * 8 + Int($1 - UInt8(ascii: "0")) }
      return .number(UInt8(truncatingIfNeeded: value))
    case UInt8(ascii: "u"), UInt8(ascii: "U"): return unicode(letter, &rest)
    case 0x0D:
      if rest.first == 0x0A { rest.removeFirst() }
      return .nothing
    case 0x0A: return .nothing
    default: return nil
    }
  }

  /// `\u` and four digits, twice for what is above them; `\u{…}`; or `\U` and eight digits.
  private static func unicode(_ letter: UInt8, _ rest: inout ArraySlice<UInt8>) -> BackslashEscape? {
    if rest.first == UInt8(ascii: "{") {
      var inner = rest.dropFirst()
      guard let value = number(&inner, digits: 1...8), inner.first == UInt8(ascii: "}") else { return nil }
      rest = inner.dropFirst()
      return Unicode.Scalar(value).map { .scalar($0) } ?? .loneSurrogate
    }
    let count = letter == UInt8(ascii: "U") ? 8 : 4
    guard let value = number(&rest, digits: count...count) else { return nil }
    if let scalar = Unicode.Scalar(value) { return .scalar(scalar) }
    guard 0xD800..<0xDC00 ~= value, rest.starts(with: [UInt8(ascii: "\\"), letter]) else { return .loneSurrogate }
    var behind = rest.dropFirst(2)
    guard let low = number(&behind, digits: 4...4), 0xDC00..<0xE000 ~= low,
      let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
    else { return .loneSurrogate }
    rest = behind
    return .scalar(scalar)
  }

  private static func isOctal(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "7") ~= byte }

  private static func number(_ rest: inout ArraySlice<UInt8>, digits: ClosedRange<Int>) -> UInt32? {
    var value: UInt32 = 0
    var count = 0
    while count < digits.upperBound, count < rest.count, let digit = Hex.value(of: rest[rest.startIndex + count]) {
      value = value << 4 | UInt32(digit)
      count += 1
    }
    guard count >= digits.lowerBound else { return nil }
    rest = rest.dropFirst(count)
    return value
  }
}
