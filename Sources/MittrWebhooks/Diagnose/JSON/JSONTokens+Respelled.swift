extension JSONTokens {
  /// The same tokens with their strings in another style; nil when that changes nothing.
  ///
  /// The new spellings are put behind the source, so that only the strings that may differ cost anything.
  func respelled(in style: JSONStringStyle) -> JSONTokens? {
    var text = source
    var places = tokens
    var contentSize = contentSize
    source.withUnsafeBufferPointer { source in
      for index in tokens.indices where tokens[index].hasSpellings {
        let old = tokens[index]
        let start = text.count
        text.append(old.kind)
        style.write(source[old.range].dropFirst().dropLast(), to: &text)
        text.append(old.kind)
        guard !text[start...].elementsEqual(source[old.range]) else {
          text.removeLast(text.count - start)
          continue
        }
        contentSize += text.count - start - old.range.count
        places[index] = Token(
          start: UInt32(start), end: UInt32(text.count), kind: old.kind, hasSpellings: old.hasSpellings)
      }
    }
    guard text.count > source.count else { return nil }
    return JSONTokens(source: text, tokens: places, shape: shape, contentSize: contentSize)
  }
}
