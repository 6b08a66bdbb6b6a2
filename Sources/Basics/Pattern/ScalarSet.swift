/// What one place in a pattern accepts: some Unicode scalars, or all but some.
package struct ScalarSet: Sendable {
  enum Kind: Sendable {
    case digit
    case word
    case space

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .digit: ("0"..."9").contains(scalar)
      case .word: ScalarSet.isWord(scalar)
      case .space: scalar.properties.isWhitespace
      }
    }
  }

  /// Sorted, none touching another.
  private let ranges: [ClosedRange<UInt32>]
  private let kinds: [(kind: Kind, isNegated: Bool)]
  private let isNegated: Bool
  private let ignoresCase: Bool
  /// The answers for ASCII, a bit each.
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(
    _ ranges: [ClosedRange<UInt32>], kinds: [(kind: Kind, isNegated: Bool)] = [], isNegated: Bool = false,
    ignoresCase: Bool = false
  ) {
    self.ranges = Self.merged(ranges)
    self.kinds = kinds
    self.isNegated = isNegated
    self.ignoresCase = ignoresCase
    for value in 0..<64 as Range<UInt32> {
      if decide(value) { low |= 1 << value }
      if decide(value + 64) { high |= 1 << value }
    }
  }

  /// One letter in every case that it has.
  init(ignoringCaseOf scalar: Unicode.Scalar) {
    let cases = Self.cases(of: scalar)
    self.init((cases + cases.flatMap { Self.cases(of: $0) }).map { $0.value...$0.value }, ignoresCase: true)
  }

  @inline(__always)
  func contains(_ value: UInt32) -> Bool {
    if value < 64 { return low >> value & 1 == 1 }
    return value < 128 ? high >> (value - 64) & 1 == 1 : decide(value)
  }

  private func decide(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    let accepts = ignoresCase ? Self.cases(of: scalar).contains { holds($0) } : holds(scalar)
    return accepts != isNegated
  }

  private func holds(_ scalar: Unicode.Scalar) -> Bool {
    if kinds.contains(where: { $0.kind.contains(scalar) != $0.isNegated }) { return true }
    var (from, to) = (0, ranges.count)
    while from < to {
      let middle = (from + to) / 2
      if ranges[middle].upperBound < scalar.value { from = middle + 1 } else { to = middle }
    }
    return from < ranges.count && ranges[from].contains(scalar.value)
  }

  private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// Itself, and its lower and upper case where that is one scalar.
  static func cases(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    if scalar.isASCII {
      let other = scalar.value ^ 0x20
      return isLetter(UInt8(scalar.value)) ? [scalar, Unicode.Scalar(UInt8(other))] : [scalar]
    }
    var cases = [scalar]
    for mapping in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
      let scalars = mapping.unicodeScalars
      if let first = scalars.first, scalars.count == 1, !cases.contains(first) { cases.append(first) }
    }
    return cases
  }

  /// Letters, marks, decimal digits and connectors such as `_`, of any script.
  package static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isDigit(UInt8(scalar.value)) || isLetter(UInt8(scalar.value)) || scalar == "_" }
    if scalar.properties.isAlphabetic || scalar.properties.isJoinControl { return true }
    switch scalar.properties.generalCategory {
    case .decimalNumber, .nonspacingMark, .spacingMark, .enclosingMark, .connectorPunctuation: return true
    default: return false
    }
  }
}
