extension JSONValue {
  /// The shape of the value as far as a bounded look tells: its first keys and the first items of its lists, down to some
  /// depth. Short scalars are as they are, long ones and what was not reached are null.
  ///
  /// - Parameter budget: about how many bytes of text are looked at, however large the value is; 1 MiB unless told.
  public func outline(budget: Int = 1 << 20) -> JSONValue {
    var outline = JSONOutline(budget: budget)
    return outline.value(of: self, depth: 0)
  }
}

/// How far a look at a value goes.
private struct JSONOutline {
  static let deepest = 8
  static let mostKeys = 200
  static let mostItems = 3
  /// A key or a scalar that is longer is left out, in bytes.
  static let longestText = 200
  /// What a key costs that is no text any more, so that values built in memory come to an end too.
  private static let builtCost = 64

  var budget: Int

  mutating func value(of value: JSONValue, depth: Int) -> JSONValue {
    guard budget > 0 else { return .null }
    budget -= Self.builtCost
    switch value {
    case .array(let items):
      guard depth < Self.deepest else { return .array([]) }
      var outlines: [JSONValue] = []
      for item in items.prefix(Self.mostItems) { outlines.append(self.value(of: item, depth: depth + 1)) }
      return .array(outlines)
    case .object(let object):
      guard let text = object.text else { return record(object, depth: depth) }
      return text.bytes.withUnsafeBufferPointer { buffer in
        let start = text.range.lowerBound
        var scanner = JSONOutlineScanner(
          buffer: buffer, position: start, limit: min(text.range.upperBound, start + budget))
        let outline = scanner.value(depth: depth)
        budget -= scanner.position - start
        return outline
      }
    case .string(let text, _): return text.utf8.count <= Self.longestText ? .string(text) : .null
    case .number(let number): return number.text.utf8.count <= Self.longestText ? value : .null
    case .bool, .null: return value
    }
  }

  private mutating func record(_ object: JSONObject, depth: Int) -> JSONValue {
    guard depth < Self.deepest else { return .object(JSONObject()) }
    var pairs: [(String, JSONValue)] = []
    for (key, value) in object {
      guard budget > 0, pairs.count < Self.mostKeys else { break }
      guard key.utf8.count <= Self.longestText else { continue }
      pairs.append((key, self.value(of: value, depth: depth + 1)))
    }
    return .object(JSONObject(pairs))
  }
}

/// Reads valid JSON text up to a limit, at which it stops wherever it is.
private struct JSONOutlineScanner {
  let buffer: UnsafeBufferPointer<UInt8>
  var position: Int
  let limit: Int

  mutating func value(depth: Int) -> JSONValue {
    skipSeparators()
    guard position < limit else { return .null }
    switch buffer[position] {
    case UInt8(ascii: "{") where depth < JSONOutline.deepest: return record(depth: depth)
    case UInt8(ascii: "[") where depth < JSONOutline.deepest: return list(depth: depth)
    case UInt8(ascii: "{"):
      skipNested()
      return .object(JSONObject())
    case UInt8(ascii: "["):
      skipNested()
      return .array([])
    case UInt8(ascii: "\""): return string().map { .string($0) } ?? .null
    default: return scalar()
    }
  }

  private mutating func record(depth: Int) -> JSONValue {
    position += 1
    var pairs: [(String, JSONValue)] = []
    while true {
      skipSeparators()
      guard position < limit, buffer[position] == UInt8(ascii: "\"") else { break }
      guard pairs.count < JSONOutline.mostKeys else {
        skipNested(open: 1)
        return .object(JSONObject(pairs))
      }
      let key = string()
      let isCut = position >= limit
      let value = self.value(depth: depth + 1)
      if let key, !isCut { pairs.append((key, value)) }
    }
    position = min(position + 1, limit)
    return .object(JSONObject(pairs))
  }

  private mutating func list(depth: Int) -> JSONValue {
    position += 1
    var items: [JSONValue] = []
    while true {
      skipSeparators()
      guard position < limit, buffer[position] != UInt8(ascii: "]") else { break }
      guard items.count < JSONOutline.mostItems else {
        skipNested(open: 1)
        return .array(items)
      }
      items.append(value(depth: depth + 1))
    }
    position = min(position + 1, limit)
    return .array(items)
  }

  private mutating func skipSeparators() {
    while position < limit {
      switch buffer[position] {
      case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: ":"): position += 1
      default: return
      }
    }
  }

  /// Over a string; its text, unless it is long or the limit was reached.
  private mutating func string() -> String? {
    position += 1
    let start = position
    var hasEscapes = false
    while position < limit, buffer[position] != UInt8(ascii: "\"") {
      let isEscape = buffer[position] == UInt8(ascii: "\\")
      hasEscapes = hasEscapes || isEscape
      position += isEscape ? 2 : 1
    }
    guard position < limit else {
      position = limit
      return nil
    }
    position += 1
    let range = start..<position - 1
    guard range.count <= JSONOutline.longestText else { return nil }
    return RawString(range: range, hasEscapes: hasEscapes).decoded(in: buffer)
  }

  private mutating func scalar() -> JSONValue {
    let start = position
    while position < limit {
      switch buffer[position] {
      case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x0A, 0x0D, 0x09: break
      default:
        position += 1
        continue
      }
      break
    }
    guard position - start <= JSONOutline.longestText else { return .null }
    switch buffer[start] {
    case UInt8(ascii: "t"): return .bool(true)
    case UInt8(ascii: "f"): return .bool(false)
    default: return JSONNumber(String(decoding: buffer[start..<position], as: UTF8.self)).map { .number($0) } ?? .null
    }
  }

  /// Up to the bracket that closes the outermost of `open` brackets; from an opening bracket when there is none yet.
  private mutating func skipNested(open: Int = 0) {
    var open = open
    while position < limit {
      switch buffer[position] {
      case UInt8(ascii: "\""):
        _ = string()
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): open -= 1
      default: break
      }
      position += 1
      if open == 0 { return }
    }
  }
}
