extension JSONTokens {
  /// The length of the text in a layout, so that nothing is written that would be far too long.
  func byteCount(in layout: JSONLayout) -> Int {
    guard layout.isRegular else {
      var counter = ByteCounter()
      write(in: layout, to: &counter)
      return counter.count
    }
    let count = contentSize + shape.colons * (layout.colon.utf8CodeUnitCount - 1)
    guard let indentation = layout.indentation else {
      return count + shape.commas * (layout.comma.utf8CodeUnitCount - 1)
    }
    return count + shape.breaks * layout.lineBreak.utf8CodeUnitCount + shape.levels * indentation.utf8CodeUnitCount
  }

  /// The text in a layout.
  /// - size: its length.
  func bytes(in layout: JSONLayout, size: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size) { target, count in
      source.withUnsafeBufferPointer { source in
        var text = TextBuilder(source: source, target: target)
        write(in: layout, to: &text)
        text.finish()
        count = text.count
      }
    }
  }

  private func write(in layout: JSONLayout, to text: inout some JSONTextSink) {
    var level = 0
    /// For each bracket that is open, whether what is in it stands on lines of its own.
    var open: [Bool] = []
    var isAfterOpening = false
    func breakLine(_ text: inout some JSONTextSink) {
      guard let indentation = layout.indentation else { return }
      text.add(layout.lineBreak)
      for _ in 0..<level { text.add(indentation) }
    }
    func pad(_ text: inout some JSONTextSink) {
      if open.last == true { return breakLine(&text) }
      if layout.indentation == nil { return text.add(layout.padding) }
      if case .inline(let padding) = layout.arrays { text.add(padding) }
    }
    for token in tokens {
      if token.closes {
        if open.last == true { level -= 1 }
        if isAfterOpening { text.add(layout.empty) } else { pad(&text) }
        open.removeLast()
      } else if isAfterOpening {
        pad(&text)
      }
      switch token.kind {
      case UInt8(ascii: ",") where open.last == true:
        text.add(token)
        breakLine(&text)
      case UInt8(ascii: ",") where layout.comma.utf8CodeUnitCount > 1: text.add(layout.comma)
      case UInt8(ascii: ":") where layout.colon.utf8CodeUnitCount > 1: text.add(layout.colon)
      default: text.add(token)
      }
      isAfterOpening = token.opens
      guard isAfterOpening else { continue }
      var isIndented = layout.indentation != nil
      if case .inline = layout.arrays, token.kind == UInt8(ascii: "[") { isIndented = false }
      if isIndented { level += 1 }
      open.append(isIndented)
    }
  }

  /// What a text is written to, or only measured by.
  private protocol JSONTextSink {
    mutating func add(_ token: Token)
    mutating func add(_ text: StaticString)
  }

  private struct ByteCounter: JSONTextSink {
    var count = 0
    mutating func add(_ token: Token) { count += token.range.count }
    mutating func add(_ text: StaticString) { count += text.utf8CodeUnitCount }
  }

  /// Puts tokens together. Those that lie side by side in the source are copied at once.
  private struct TextBuilder: JSONTextSink {
    let source: UnsafeBufferPointer<UInt8>
    let target: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0
    private var pending = 0..<0

    init(source: UnsafeBufferPointer<UInt8>, target: UnsafeMutableBufferPointer<UInt8>) {
      self.source = source
      self.target = target
    }

    mutating func add(_ token: Token) {
      if Int(token.start) == pending.upperBound {
        pending = pending.lowerBound..<Int(token.end)
      } else {
        finish()
        pending = token.range
      }
    }

    mutating func add(_ text: StaticString) {
      guard text.utf8CodeUnitCount > 0 else { return }
      finish()
      for index in 0..<text.utf8CodeUnitCount { target[count + index] = text.utf8Start[index] }
      count += text.utf8CodeUnitCount
    }

    mutating func finish() {
      guard !pending.isEmpty, let target = target.baseAddress, let source = source.baseAddress else { return }
      let (from, to) = (source + pending.lowerBound, target + count)
      // Most tokens are short: sixteen bytes at once, of which those behind the token are overwritten later.
      if pending.count <= 16, pending.lowerBound + 16 <= self.source.count, count + 16 <= self.target.count {
        let bytes = UnsafeRawPointer(from).loadUnaligned(as: SIMD16<UInt8>.self)
        UnsafeMutableRawPointer(to).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
      } else {
        to.update(from: from, count: pending.count)
      }
      count += pending.count
      pending = 0..<0
    }
  }

  /// The text with the white space it came with: only the spelling of strings differs from what was received.
  func bytes(withGapsOf original: JSONTokens) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(original.source.count)
    var end = 0
    for (token, old) in zip(tokens, original.tokens) {
      bytes += original.source[end..<old.range.lowerBound]
      bytes += source[token.range]
      end = old.range.upperBound
    }
    return bytes + original.source[end...]
  }
}
