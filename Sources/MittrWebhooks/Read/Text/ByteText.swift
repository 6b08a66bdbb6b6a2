import Basics

/// Text as bytes. Swift's characters join CR and LF, and a letter with what follows it, so that what is cut at characters is
/// not cut where a sender cut it.
extension ArraySlice<UInt8> {
  /// The text in UTF-8; what is not UTF-8 is taken for Latin-1, as HTTP once did.
  var text: String {
    String(validating: self, as: UTF8.self) ?? String(String.UnicodeScalarView(map { Unicode.Scalar($0) }))
  }

  /// Without white space at both ends.
  var trimmed: Self {
    guard let end = lastIndex(where: { !$0.isBlank }) else { return suffix(0) }
    return self[...end].drop { $0.isBlank }
  }

  /// Without spaces and tabs at both ends.
  var trimmedLine: Self {
    guard let end = lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return suffix(0) }
    return self[...end].drop { $0 == 0x20 || $0 == 0x09 }
  }

  /// The lines without what ends them, be it LF or CRLF.
  var lines: [Self] {
    split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
  }

  /// The first line that has more than white space, and its number from 1.
  var firstLine: (line: Self, number: Int) {
    var start = startIndex
    var number = 1
    while start < endIndex {
      let end = self[start...].firstIndex(of: UInt8(ascii: "\n")) ?? endIndex
      let line = self[start..<end].trimmed
      if !line.isEmpty { return (line, number) }
      guard end < endIndex else { break }
      start = end + 1
      number += 1
    }
    return (suffix(0), number)
  }

  func starts(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { self.starts(with: $0) }
  }

  /// Whether it begins with a text in lowercase, in whatever case its own ASCII letters are.
  func startsIgnoringCase(_ lowercased: String) -> Bool {
    var rest = self[...]
    for byte in lowercased.utf8 { guard rest.popFirst()?.lowercasedASCII == byte else { return false } }
    return true
  }

  /// Where a text in lowercase stands first, in whatever case its own ASCII letters are.
  func firstRange(ignoringCase lowercased: String) -> Range<Int>? {
    let count = lowercased.utf8.count
    guard let first = lowercased.utf8.first, self.count >= count else { return nil }
    var start = startIndex
    while start <= endIndex - count {
      guard let next = self[start...].firstIndex(where: { $0.lowercasedASCII == first }), next <= endIndex - count
      else {
        return nil
      }
      if self[next...].startsIgnoringCase(lowercased) { return next..<next + count }
      start = next + 1
    }
    return nil
  }

  /// How often a text in lowercase stands in it.
  func count(ofIgnoringCase lowercased: String) -> Int {
    var (count, rest) = (0, self)
    while let range = rest.firstRange(ignoringCase: lowercased) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}

extension UInt8 {
  var isBlank: Bool { self == 0x20 || 0x09...0x0D ~= self }
  var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
  var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }
  var lowercasedASCII: UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self }
  /// Whether it may stand in a header's name (RFC 9110, 5.6.2).
  var isToken: Bool { isTokenByte(self) }
}
