/// A body that may have been signed: pieces, so that what it shares with the body received is not copied.
struct SignedBody {
  /// The final line breaks that may have been signed instead, each with what that means.
  struct TrailingBreaks {
    let bytes: [UInt8]
    /// Nil when the ending is that of the body.
    let cause: SignatureReason?
  }

  /// What was done to it, told by the reasons; empty for the body as it was received.
  let causes: [SignatureReason]
  /// What it is, to follow "the signature is right for".
  let phrase: String
  /// What to do, as imperative clauses.
  let advice: [String]
  private let lead: [UInt8]
  /// Where the rest stands: in an array of its own, or in the body received.
  private let rewritten: [UInt8]?
  private let received: UnsafeRawBufferPointer
  /// The final line breaks are not part of this: they are the ending's.
  private let core: Range<Int>
  let endings: [TrailingBreaks]

  /// More line breaks than these are part of the text.
  private static let longestRun = 8

  /// What is known of the end of a text.
  enum End {
    /// As the body's: another number of line breaks is another cause.
    case own
    /// As its writer likes, with a newline or without: that is no second cause.
    case free
    /// Just here.
    case fixed
  }

  /// - edit: how to get it from the body received; nil for the body itself.
  init(
    _ received: UnsafeRawBufferPointer, edit: BodyHypothesis.Edit? = nil, causes: [SignatureReason] = [],
    phrase: String = "the body", advice: [String] = [], end: End = .own
  ) {
    self.received = received
    self.causes = causes
    self.phrase = phrase
    self.advice = advice
    var (lead, rewritten, part) = ([UInt8](), [UInt8]?.none, 0..<received.count)
    switch edit {
    case nil: break
    case .lead(let bytes): lead = bytes
    case .part(let range): part = range.clamped(to: part)
    case .bytes(let bytes): (rewritten, part) = (bytes, 0..<bytes.count)
    case .later(let make):
      let bytes = make() ?? []
      (rewritten, part) = (bytes, 0..<bytes.count)
    }
    self.lead = lead
    self.rewritten = rewritten
    func ends(of rest: UnsafeRawBufferPointer) -> (Range<Int>, [TrailingBreaks]) {
      let kept = rest[part].reversed().prefix(end == .fixed ? 0 : Self.longestRun + 1)
        .prefix { $0 == 0x0A || $0 == 0x0D }
      let core = part.lowerBound..<part.upperBound - kept.count
      let run = Array(rest[core.upperBound..<part.upperBound])
      return (core, Self.endings(run: run, end: end, content: UnsafeRawBufferPointer(rebasing: rest[core])))
    }
    (core, endings) = rewritten.map { $0.withUnsafeBytes(ends) } ?? ends(of: received)
  }

  private static func endings(run: [UInt8], end: End, content: UnsafeRawBufferPointer) -> [TrailingBreaks] {
    let (lf, crlf): ([UInt8], [UInt8]) = ([0x0A], [0x0D, 0x0A])
    let shorter = run.suffix(2).elementsEqual(crlf) ? run.dropLast(2) : run.dropLast(1)
    // Of a body's only line break, another kind is another line ending.
    let isOnlyBreak = (run == lf || run == crlf) && !content.contains(0x0A)
    var endings = [TrailingBreaks(bytes: run, cause: nil)]
    switch end {
    case .fixed: return endings
    case .free: return endings + [[], lf].filter { $0 != run }.map { TrailingBreaks(bytes: $0, cause: nil) }
    case .own: break
    }
    for bytes in [[], lf, crlf, Array(shorter), run + lf, run + crlf]
    where !endings.contains(where: { $0.bytes == bytes }) {
      let isOtherKind = isOnlyBreak && (bytes == lf || bytes == crlf)
      endings.append(TrailingBreaks(bytes: bytes, cause: isOtherKind ? .bodyLineEndings : .bodyTrailingNewline))
    }
    return endings
  }

  /// The bytes without the ending, when they are a text of its own.
  var text: [UInt8]? {
    guard lead.isEmpty else { return nil }
    return rewritten ?? Array(received[core])
  }

  /// Whether it is a copy rather than the body received.
  var isRewritten: Bool { rewritten != nil }

  /// How much there is to hash.
  var byteCount: Int { lead.count + core.count }

  /// How much longer a body can get by another ending.
  static let endingGrowth = -(longestRun + 1)...2

  /// Calls `body` with the pieces before the ending, in order.
  func forEachPiece(_ body: (UnsafeRawBufferPointer) -> Void) {
    if !lead.isEmpty { lead.withUnsafeBytes(body) }
    if let rewritten {
      rewritten.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[core])) }
    } else {
      body(UnsafeRawBufferPointer(rebasing: received[core]))
    }
  }

  static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    left.count == right.count && commonCount(left, right) == left.count
  }

  /// How many bytes both begin with.
  private static func commonCount(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    let limit = min(left.count, right.count)
    var count = 0
    while count + 8 <= limit,
      left.loadUnaligned(fromByteOffset: count, as: UInt64.self)
        == right.loadUnaligned(fromByteOffset: count, as: UInt64.self)
    { count += 8 }
    while count < limit, left[count] == right[count] { count += 1 }
    return count
  }

  /// Where what was signed with an ending first differs from what was received; nil when it does not.
  func difference(ending: [UInt8]) -> BodyDifference? {
    var offset = 0
    var found: (received: [UInt8], signed: [UInt8])?
    func compare(_ piece: UnsafeRawBufferPointer) {
      guard found == nil else { return }
      let rest = UnsafeRawBufferPointer(rebasing: received[min(offset, received.count)...])
      let common = Self.commonCount(piece, rest)
      offset += common
      if common < piece.count {
        let window = BodyDifference.window
        found = (Array(rest[common...].prefix(window)), Array(piece[common...].prefix(window)))
      }
    }
    forEachPiece(compare)
    ending.withUnsafeBytes(compare)
    if let found { return BodyDifference(offset: offset, received: found.received, signed: found.signed) }
    guard offset < received.count else { return nil }
    return BodyDifference(
      offset: offset, received: Array(received[offset...].prefix(BodyDifference.window)), signed: [])
  }
}
