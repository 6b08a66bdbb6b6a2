/// The bodies that may have been signed in place of the one received, the likeliest first, each made when it is asked
/// for.
struct BodyVariants {
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Bodies above this are only looked at from the outside: their ends, and a byte order mark.
  static let maximumRewrittenSize = JSONTokens.maximumSize
  /// Only up to this size is a rewritten body kept, to be tried under other secrets too.
  private static let maximumKeptSize = 256 * 1024

  /// What may have been done; nothing comes first.
  let changes: [BodyChange]
  /// Whether the body is small enough for all that could be done to it.
  let isComplete: Bool

  private let body: UnsafeRawBufferPointer
  private let tokens: JSONTokens?
  private var sorted: JSONTokens??
  private var respelled: [JSONStringStyle: JSONTokens?] = [:]
  private var sortedAndRespelled: [JSONStringStyle: JSONTokens?] = [:]
  private var kept: [Int: SignedBody?] = [:]

  /// - effort: pays for reading the body.
  init(_ body: UnsafeRawBufferPointer, effort: inout SearchEffort) {
    self.body = body
    let mark = body.starts(with: Self.byteOrderMark)
    var changes: [BodyChange] = mark ? [.none, .removeByteOrderMark] : [.none]
    isComplete = body.count <= Self.maximumRewrittenSize
    guard isComplete else {
      self.changes = mark ? changes : changes + [.addByteOrderMark]
      tokens = nil
      return
    }
    effort.spend(body.count, times: 1)
    var (hasCRLF, hasLF, hasNonASCII) = (false, false, false)
    var previous: UInt8 = 0
    for byte in body {
      if byte == 0x0A {
        if previous == 0x0D { hasCRLF = true } else { hasLF = true }
      }
      if byte >= 0x80 { hasNonASCII = true }
      previous = byte
    }
    if hasCRLF { changes.append(.useLineEndings(.lf)) }
    if hasLF { changes.append(.useLineEndings(.crlf)) }
    let mistakes = hasNonASCII ? TextMistake.all : []
    changes += mistakes.prefix(3).map(BodyChange.undo)
    if !mark { changes.append(.addByteOrderMark) }
    effort.spend(body.count, times: 2)
    tokens = JSONTokens(Array(mark ? body.dropFirst(Self.byteOrderMark.count)[...] : body[...]))
    if let tokens { changes += Self.rewritings(of: tokens).map(BodyChange.rewriteJSON) }
    self.changes = changes + mistakes.dropFirst(3).map(BodyChange.undo)
  }

  /// Whether a rewritten body is kept.
  var keepsBodies: Bool { body.count <= Self.maximumKeptSize }

  /// The body before a change was done; nil when the change does nothing or cannot have been done.
  mutating func signedBody(at index: Int, effort: inout SearchEffort) -> SignedBody? {
    if let known = kept[index] { return known }
    let signed = makeSignedBody(changes[index], effort: &effort)
    if keepsBodies { kept[index] = .some(signed) }
    return signed
  }

  private mutating func makeSignedBody(_ change: BodyChange, effort: inout SearchEffort) -> SignedBody? {
    let bytes: [UInt8]?
    switch change {
    case .none: return SignedBody(body, change: change)
    case .addByteOrderMark: return SignedBody(body, change: change, lead: Self.byteOrderMark)
    case .removeByteOrderMark: return SignedBody(body, change: change, dropping: Self.byteOrderMark.count)
    case .useLineEndings(let ending):
      effort.spend(body.count, times: 1)
      bytes = Self.lines(of: body, endingIn: ending)
    case .undo(let mistake):
      effort.spend(body.count, times: 3)
      bytes = mistake.undone(Array(body))
    case .rewriteJSON(let rewriting): bytes = rewritten(rewriting, effort: &effort)
    }
    guard let bytes, !bytes.elementsEqual(body) else { return nil }
    return SignedBody(rewritten: bytes, change: change, received: body)
  }

  private static func lines(of body: UnsafeRawBufferPointer, endingIn ending: BodyChange.LineEnding) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(body.count + body.count / 16)
    var previous: UInt8 = 0
    for byte in body {
      if byte == 0x0A {
        switch ending {
        case .lf where previous == 0x0D: bytes.removeLast()
        case .crlf where previous != 0x0D: bytes.append(0x0D)
        case .lf, .crlf: break
        }
      }
      bytes.append(byte)
      previous = byte
    }
    return bytes
  }
}

extension BodyVariants {
  /// A text that grows to more than this many times its length was not written by anybody.
  private static let maximumGrowth = 16

  private static func rewritings(of tokens: JSONTokens) -> [JSONRewriting] {
    let features = tokens.features
    func reduced(_ style: JSONStringStyle) -> JSONStringStyle {
      var style = style
      if !features.contains(.slashes) { style.slashes = .plain }
      if !features.contains(.nonASCII) { style.nonASCII = .plain }
      if !features.contains(.markup) { style.markup = .plain }
      if style.nonASCII != .escaped && style.markup != .escaped { style.isUppercase = false }
      return style
    }
    var styles: [JSONStringStyle] = []
    for style in JSONStringStyle.whole.map(reduced) where !styles.contains(style) { styles.append(style) }
    var ranked: [(rank: Int, rewriting: JSONRewriting)] = []
    for (styleRank, style) in styles.enumerated() {
      for (layoutRank, layout) in JSONLayout.all.enumerated() {
        for isSorted in [false, true] {
          ranked.append(
            (
              (styleRank + 1) * (layoutRank + 1) * (isSorted ? 3 : 1),
              JSONRewriting(isSorted: isSorted, style: style, layout: layout)
            ))
        }
      }
    }
    let parts: [(JSONTokens.Features, KeyPath<JSONStringStyle, JSONStringStyle.Spelling>)] = [
      (.slashes, \.slashes), (.nonASCII, \.nonASCII), (.markup, \.markup),
    ]
    let single = JSONStringStyle.single.filter { style in
      parts.contains { features.contains($0) && style[keyPath: $1] != .kept }
    }
    for (rank, style) in single.enumerated() {
      ranked.append((2 + rank, JSONRewriting(isSorted: false, style: style, layout: nil)))
    }
    return ranked.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map { $0.element.rewriting }
  }

  private mutating func rewritten(_ rewriting: JSONRewriting, effort: inout SearchEffort) -> [UInt8]? {
    guard let tokens else { return nil }
    guard let layout = rewriting.layout else {
      return respelled(tokens, in: rewriting.style, effort: &effort)?.bytes(withGapsOf: tokens)
    }
    var source = tokens
    if rewriting.isSorted {
      guard let sorted = sortedTokens(effort: &effort) else { return nil }
      source = sorted
    }
    source = respelled(source, in: rewriting.style, isSorted: rewriting.isSorted, effort: &effort) ?? source
    let size = source.byteCount(in: layout)
    guard size <= Self.maximumGrowth * body.count else { return nil }
    effort.spend(size, times: 1)
    return source.bytes(in: layout)
  }

  private mutating func sortedTokens(effort: inout SearchEffort) -> JSONTokens? {
    if let sorted { return sorted }
    effort.spend(body.count, times: 2)
    let made = tokens?.sorted()
    sorted = .some(made)
    return made
  }

  private mutating func respelled(
    _ source: JSONTokens, in style: JSONStringStyle, isSorted: Bool = false, effort: inout SearchEffort
  ) -> JSONTokens? {
    if let known = isSorted ? sortedAndRespelled[style] : respelled[style] { return known }
    effort.spend(body.count, times: 3)
    let made = source.respelled(in: style)
    if isSorted { sortedAndRespelled[style] = .some(made) } else { respelled[style] = .some(made) }
    return made
  }
}
