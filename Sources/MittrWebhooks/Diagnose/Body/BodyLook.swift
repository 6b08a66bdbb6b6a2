/// What one look at a body's bytes tells of what may have been done to it.
struct BodyLook {
  var hasByteOrderMark = false
  private var hasCRLF = false
  private var hasLF = false
  private var isASCII = true
  /// Whether two characters that UTF-8 misread as Latin-1 consists of stand side by side, such as `Ã«`.
  private var looksMisread = false
  private var isUTF8 = true

  mutating func read(_ body: UnsafeRawBufferPointer) {
    var previous: UInt8 = 0
    for byte in body {
      if byte == 0x0A {
        if previous == 0x0D { hasCRLF = true } else { hasLF = true }
      }
      if byte >= 0x80 { isASCII = false }
      previous = byte
    }
    guard !isASCII else { return }
    isUTF8 = String(validating: body, as: UTF8.self) != nil
    // U+00C2 to U+00F4 begin a sequence of UTF-8; what goes on with one is not ASCII in either encoding.
    for index in body.indices.dropLast(2)
    where body[index] == 0xC3 && 0x82...0xB4 ~= body[index + 1] && body[index + 2] >= 0xC2 {
      looksMisread = true
      return
    }
  }

  /// What undoes that which the body shows to have been done, and what else may have been done; the likeliest first.
  var changes: (evident: [BodyChange], others: [BodyChange]) {
    var evident: [BodyChange] = []
    var others: [BodyChange] = []
    if hasByteOrderMark { evident.append(.removeByteOrderMark) } else { others.append(.addByteOrderMark) }
    if hasCRLF { evident.append(.useLineEndings(.lf)) }
    if hasLF { others.insert(.useLineEndings(.crlf), at: 0) }
    if looksMisread { evident += TextMistake.misread.map(BodyChange.undo) }
    if !isUTF8 { evident += TextMistake.miswritten.map(BodyChange.undo) }
    return (evident, others)
  }

  /// What may hardly have been done.
  var unlikelyChanges: [BodyChange] {
    guard !isASCII else { return [] }
    let mistakes =
      (looksMisread ? [] : TextMistake.misread) + (isUTF8 ? TextMistake.miswritten : []) + TextMistake.misreadTwice
    return mistakes.map(BodyChange.undo)
  }
}
