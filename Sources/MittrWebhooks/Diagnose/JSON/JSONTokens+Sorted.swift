extension JSONTokens {
  /// Deeper texts are not sorted: moving the pairs costs a pass for each level.
  private static let maximumSortedDepth = 64

  /// The tokens with the pairs of every object in the order of their keys' UTF-8 bytes; nil when they are so already.
  func sorted() -> JSONTokens? {
    guard shape.depth <= Self.maximumSortedDepth else { return nil }
    var output = tokens
    var position = 0
    var hasMoved = false
    source.withUnsafeBufferPointer { source in
      sortValue(at: &position, in: &output, source, &hasMoved)
    }
    guard hasMoved else { return nil }
    return JSONTokens(source: source, tokens: output, shape: shape, contentSize: contentSize)
  }

  private struct Pair {
    let key: Range<Int>
    let tokens: Range<Int>
  }

  /// Sorts what is inside the value at a position, in place, and moves the position behind it.
  private func sortValue(
    at position: inout Int, in output: inout [Token], _ source: UnsafeBufferPointer<UInt8>, _ hasMoved: inout Bool
  ) {
    let kind = output[position].kind
    position += 1
    guard kind == UInt8(ascii: "{") || kind == UInt8(ascii: "[") else { return }
    let first = position
    var pairs: [Pair] = []
    while !output[position].closes {
      if output[position].kind == UInt8(ascii: ",") { position += 1 }
      let start = position
      if kind == UInt8(ascii: "{") { position += 2 }
      sortValue(at: &position, in: &output, source, &hasMoved)
      if kind == UInt8(ascii: "{") { pairs.append(Pair(key: output[start].range, tokens: start..<position)) }
    }
    position += 1
    guard zip(pairs, pairs.dropFirst()).contains(where: { Self.precedes($1.key, $0.key, in: source) }) else { return }
    hasMoved = true
    // Swift's sort is stable in practice but not by promise, and a key may come twice.
    let order = pairs.indices.sorted { left, right in
      if Self.precedes(pairs[left].key, pairs[right].key, in: source) { return true }
      return !Self.precedes(pairs[right].key, pairs[left].key, in: source) && left < right
    }
    let comma = output[pairs[0].tokens.upperBound]
    var moved: [Token] = []
    moved.reserveCapacity(position - 1 - first)
    for index in order {
      if !moved.isEmpty { moved.append(comma) }
      moved += output[pairs[index].tokens]
    }
    output.replaceSubrange(first..<position - 1, with: moved)
  }

  /// Whether one key comes before another. Keys are compared as what they mean, however they are spelled.
  private static func precedes(
    _ left: Range<Int>, _ right: Range<Int>, in source: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let (left, right) = (source[left].dropFirst().dropLast(), source[right].dropFirst().dropLast())
    let backslash = UInt8(ascii: "\\")
    guard left.contains(backslash) || right.contains(backslash) else { return left.lexicographicallyPrecedes(right) }
    return JSONStringCharacters.meaning(of: left).lexicographicallyPrecedes(JSONStringCharacters.meaning(of: right))
  }
}
