extension PatternParser {
  enum Escape {
    case scalar(Unicode.Scalar)
    case kind(ScalarSet.Kind, isNegated: Bool)
    case assertion(PatternTree.Assertion)
  }

  /// What a backslash and what follows it mean.
  mutating func escape() throws(PatternError) -> Escape {
    let start = position
    position += 1
    guard let scalar = next else { throw error("a backslash stands at the end; a literal one is \\\\", at: start) }
    position += 1
    switch scalar {
    case "d": return .kind(.digit, isNegated: false)
    case "D": return .kind(.digit, isNegated: true)
    case "w": return .kind(.word, isNegated: false)
    case "W": return .kind(.word, isNegated: true)
    case "s": return .kind(.space, isNegated: false)
    case "S": return .kind(.space, isNegated: true)
    case "b": return .assertion(.wordEdge)
    case "B": return .assertion(.noWordEdge)
    case "n": return .scalar("\n")
    case "r": return .scalar("\r")
    case "t": return .scalar("\t")
    case "u": return .scalar(try unicodeEscape(from: start))
    case "1"..."9", "k":
      throw error("back-references are not supported: they cannot be matched in linear time", at: start)
    case "x": throw error("\\x is not supported; a scalar by its number is \\u{…}", at: start)
    case "A": throw error("\\A is not supported; the text's start is ^", at: start)
    case "z", "Z": throw error("\\\(scalar) is not supported; the text's end is $", at: start)
    case "p", "P": throw error("\\\(scalar) is not supported; letters of any script are \\w", at: start)
    case _ where scalar.isASCII && (ScalarSet.isWord(scalar) && scalar != "_"):
      throw error("\\\(scalar) means nothing", at: start)
    default: return .scalar(scalar)
    }
  }

  /// `\u{1F680}`.
  private mutating func unicodeEscape(from start: Int) throws(PatternError) -> Unicode.Scalar {
    var digits = ""
    if skip("{") {
      while let digit = next, digit.properties.isASCIIHexDigit, digits.utf8.count <= 6 {
        digits.unicodeScalars.append(digit)
        position += 1
      }
    }
    guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value), skip("}") else {
      throw error("a scalar by its number is written \\u{e9}", at: start)
    }
    return scalar
  }

  /// `[a-z_\d]`, `[^…]`.
  mutating func bracket() throws(PatternError) -> ScalarSet {
    let start = position
    position += 1
    let isNegated = skip("^")
    var ranges: [ClosedRange<UInt32>] = []
    var kinds: [(kind: ScalarSet.Kind, isNegated: Bool)] = []
    if next == "]" { throw error("this class is empty; a literal ] in it is \\]", at: start) }
    while !skip("]") {
      let from = position
      guard let first = try member(of: start, kinds: &kinds) else {
        if next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
          throw error("a range goes from one character to another; a literal - is \\-")
        }
        continue
      }
      guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
        ranges.append(first.value...first.value)
        continue
      }
      position += 1
      let end = position
      guard let last = try member(of: start, kinds: &kinds) else {
        throw error("a range goes from one character to another; a literal - is \\-", at: end)
      }
      guard first <= last else { throw error("this range has its ends the wrong way round", at: from) }
      ranges.append(first.value...last.value)
    }
    return ScalarSet(ranges, kinds: kinds, isNegated: isNegated, ignoresCase: ignoresCase)
  }

  /// A character of a class; nil when a kind such as `\d` was added instead.
  private mutating func member(
    of start: Int, kinds: inout [(kind: ScalarSet.Kind, isNegated: Bool)]
  ) throws(PatternError) -> Unicode.Scalar? {
    guard let scalar = next else { throw error("this class is never closed; a literal [ is \\[", at: start) }
    if scalar == "[", position + 1 < scalars.count, [":", "=", "."].contains(scalars[position + 1]) {
      throw error("named classes are not supported: write \\d, \\w or \\s; a literal [ is \\[")
    }
    guard scalar == "\\" else {
      position += 1
      return scalar
    }
    let from = position
    switch try escape() {
    case .scalar(let scalar): return scalar
    case .kind(let kind, let isNegated):
      kinds.append((kind, isNegated))
      return nil
    case .assertion: throw error("\\b and \\B mean nothing in a class", at: from)
    }
  }
}
