/// A body that may have been signed: pieces, so that what it shares with the body received is not copied.
struct SignedBody {
  /// The final line breaks that may have been signed instead, each with what that means.
  struct Ending {
    let bytes: [UInt8]
    /// Nil when the ending is that of the body.
    let cause: SignatureReason?
  }

  let change: BodyChange
  private let lead: [UInt8]
  /// Where the rest stands: in an array of its own, or in the body received.
  private let rewritten: [UInt8]?
  private let received: UnsafeRawBufferPointer
  /// The final line breaks are not part of this: they are the ending's.
  private let core: Range<Int>
  let endings: [Ending]

  /// A line break more is no longer looked at: somebody meant it.
  private static let longestRun = 8

  /// The body received, with bytes before it or without its first ones.
  init(_ body: UnsafeRawBufferPointer, change: BodyChange, lead: [UInt8] = [], dropping count: Int = 0) {
    self.init(change: change, lead: lead, rewritten: nil, received: body, rest: body, from: count)
  }

  /// A body that was written anew.
  init(rewritten: [UInt8], change: BodyChange, received: UnsafeRawBufferPointer) {
    self = rewritten.withUnsafeBytes { rest in
      SignedBody(change: change, lead: [], rewritten: rewritten, received: received, rest: rest, from: 0)
    }
  }

  private init(
    change: BodyChange, lead: [UInt8], rewritten: [UInt8]?, received: UnsafeRawBufferPointer,
    rest: UnsafeRawBufferPointer, from start: Int
  ) {
    self.change = change
    self.lead = lead
    self.rewritten = rewritten
    self.received = received
    let start = min(start, rest.count)
    let kept = rest[start...].reversed().prefix(Self.longestRun + 1).drop { $0 == 0x0A || $0 == 0x0D }
    let run = Array(rest[kept.startIndex.base...])
    core = start..<rest.count - run.count
    let content = UnsafeRawBufferPointer(rebasing: rest[core])
    endings = Self.endings(run: run, change: change, content: content)
  }

  private static func endings(run: [UInt8], change: BodyChange, content: UnsafeRawBufferPointer) -> [Ending] {
    let (lf, crlf): ([UInt8], [UInt8]) = ([0x0A], [0x0D, 0x0A])
    let shorter = run.suffix(2).elementsEqual(crlf) ? run.dropLast(2) : run.dropLast(1)
    // Of a body's only line break, another kind is another line ending.
    let isOnlyBreak = (run == lf || run == crlf) && !content.contains(0x0A)
    var endings = [Ending(bytes: run, cause: nil)]
    // A rewritten text ends as its writer likes, with a newline or without: that is no second cause.
    if case .rewriteJSON = change {
      return endings + [[], lf].filter { $0 != run }.map { Ending(bytes: $0, cause: nil) }
    }
    for bytes in [[], lf, crlf, Array(shorter), run + lf, run + crlf]
    where !endings.contains(where: { $0.bytes == bytes }) {
      let isOtherKind = isOnlyBreak && (bytes == lf || bytes == crlf)
      endings.append(Ending(bytes: bytes, cause: isOtherKind ? .bodyLineEndings : .bodyTrailingNewline))
    }
    return endings
  }

  /// Whether it is a copy rather than the body received.
  var isRewritten: Bool { rewritten != nil }

  /// How much there is to hash.
  var byteCount: Int { lead.count + core.count }

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
