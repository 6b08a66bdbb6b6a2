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
  /// How many of the changes after the first undo what the body itself shows to have been done.
  let evidentCount: Int
  /// Whether the body is small enough for all that could be done to it.
  let isComplete: Bool

  private let body: UnsafeRawBufferPointer
  private let tokens: JSONTokens?
  private let features: JSONTokens.Features
  private var sorted: JSONTokens??
  private var respelled: [JSONStringStyle: JSONTokens?] = [:]
  private var sortedAndRespelled: [JSONStringStyle: JSONTokens?] = [:]
  private var kept: [Int: SignedBody?] = [:]

  /// - effort: pays for reading the body.
  init(_ body: UnsafeRawBufferPointer, effort: inout SearchEffort) {
    self.body = body
    isComplete = body.count <= Self.maximumRewrittenSize
    var look = BodyLook()
    look.hasByteOrderMark = body.starts(with: Self.byteOrderMark)
    var tokens: JSONTokens?
    if isComplete {
      effort.spend(body.count, times: 1)
      look.read(body)
      effort.spend(body.count, times: 5)
      let start = look.hasByteOrderMark ? Self.byteOrderMark.count : 0
      tokens = JSONTokens(Array(UnsafeRawBufferPointer(rebasing: body[start...])))
    }
    self.tokens = tokens
    let (evident, others) = look.changes
    evidentCount = evident.count
    let features = tokens?.features ?? []
    self.features = features
    let rewritings = tokens == nil ? [] : JSONRewriting.all(for: features).map(BodyChange.rewriteJSON)
    changes = [.none] + evident + others + rewritings + look.unlikelyChanges
  }

  /// Whether a rewritten body is kept, so that it can be tried again.
  var keepsBodies: Bool { body.count <= Self.maximumKeptSize }

  /// The body before a change was done; nil when the change does nothing or cannot have been done.
  mutating func signedBody(at index: Int, effort: inout SearchEffort) -> SignedBody? {
    if let known = kept[index] { return known }
    let signed = makeSignedBody(changes[index], effort: &effort)
    if keepsBodies || signed?.isRewritten == false { kept[index] = .some(signed) }
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
    guard let bytes, !bytes.withUnsafeBytes({ SignedBody.areEqual($0, body) }) else { return nil }
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
  /// A text that grows above this, and to more than so many times its length, was not written by anybody.
  private static let maximumGrowth = (size: 256 * 1024, times: 16)

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
    guard size <= max(Self.maximumGrowth.size, Self.maximumGrowth.times * body.count) else { return nil }
    effort.spend(size, times: 2)
    return source.bytes(in: layout)
  }

  private mutating func sortedTokens(effort: inout SearchEffort) -> JSONTokens? {
    if let sorted { return sorted }
    effort.spend(body.count, times: 3)
    let made = tokens?.sorted()
    sorted = .some(made)
    return made
  }

  private mutating func respelled(
    _ source: JSONTokens, in style: JSONStringStyle, isSorted: Bool = false, effort: inout SearchEffort
  ) -> JSONTokens? {
    guard style.mayChange(features) else { return nil }
    if let known = isSorted ? sortedAndRespelled[style] : respelled[style] { return known }
    effort.spend(body.count, times: 3)
    let made = source.respelled(in: style)
    if isSorted { sortedAndRespelled[style] = .some(made) } else { respelled[style] = .some(made) }
    return made
  }
}
