/// Takes a body apart under one hypothesis, and what is inside under all that its bytes show: base64 of gzip in a field.
struct BodyUnwrapping {
  /// Nobody packs a text more often.
  private static let maximumDepth = 3
  private static let maximumBodies = 48
  private static let maximumSize = 8 * 1024 * 1024

  private let received: UnsafeRawBufferPointer
  private let allowance: Int
  private(set) var bodies: [SignedBody] = []
  /// What it took, in bytes hashed.
  private(set) var cost = 0
  private var byteCount = 0
  /// Whether something was left out for what it would have taken.
  private(set) var isCut = false

  /// Larger texts are only opened where they are envelopes.
  private static let largeSize = 48 * 1024

  /// - allowance: what it may take.
  init(_ received: UnsafeRawBufferPointer, allowance: Int) {
    self.received = received
    self.allowance = allowance
  }

  /// Counts what is about to be made; false when that is too much. The first text of all is always made.
  private mutating func mayMake(_ count: Int, passes: Int, isFirst: Bool) -> Bool {
    guard byteCount + count <= Self.maximumSize, cost + count * passes <= allowance || isFirst else {
      isCut = true
      return false
    }
    byteCount += count
    cost += count * passes
    return true
  }

  /// What has been undone on the way to a text.
  private struct Path {
    var causes: [SignatureReason] = []
    var phrases: [String] = []
    var advice: [String] = []
    var depth = 0

    func adding(_ hypothesis: BodyHypothesis, _ phrase: String?) -> Path {
      var path = self
      if !path.causes.contains(hypothesis.cause) { path.causes.append(hypothesis.cause) }
      if !path.advice.contains(hypothesis.advice) { path.advice.append(hypothesis.advice) }
      path.phrases.append(phrase ?? hypothesis.phrase)
      path.depth += 1
      return path
    }

    var phrase: String { phrases.joined(separator: ", then ") }
  }

  /// - evidence: how much the bytes speak for the hypothesis.
  mutating func open(
    _ features: BodyFeatures, with hypothesis: BodyHypothesis, evidence: BodyHypothesis.Evidence
  ) {
    open(features, with: hypothesis, opens: hypothesis.opens(evidence), Path())
  }

  private mutating func open(
    _ features: BodyFeatures, with hypothesis: BodyHypothesis, opens: Bool, _ path: Path
  ) {
    var inside: [([UInt8], Path)] = []
    for alternative in hypothesis.undo(features) {
      guard bodies.count < Self.maximumBodies else { return }
      let path = path.adding(hypothesis, alternative.phrase)
      var edit = alternative.edit
      if case .later(let make) = edit {
        guard mayMake(features.size, passes: bodies.isEmpty ? 0 : hypothesis.passes, isFirst: bodies.isEmpty) else {
          return
        }
        guard let bytes = make() else { continue }
        edit = .bytes(bytes)
      }
      var text: [UInt8]?
      switch edit {
      case .bytes(let bytes):
        guard mayMake(bytes.count, passes: 1, isFirst: bodies.isEmpty) else { return }
        if bytes.withUnsafeBytes({ SignedBody.areEqual($0, received) }) { continue }
        text = bytes
      case .part(let range) where !features.bytes.isEmpty || path.depth > 1:
        let part = Array(features.bytes[range.clamped(to: 0..<features.bytes.count)])
        if path.depth > 1 { edit = .bytes(part) }
        text = part
      case .part, .lead, .later: break
      }
      let end: SignedBody.End =
        hypothesis.cause == .bodyExtraBytes ? .fixed : hypothesis.endsFreely ? .free : .own
      bodies.append(
        SignedBody(received, edit: edit, causes: path.causes, phrase: path.phrase, advice: path.advice, end: end))
      // What is inside an envelope may be one itself; what was undone otherwise is the text.
      guard let text, !text.isEmpty, path.depth < Self.maximumDepth else { continue }
      let isSmall = text.count <= Self.largeSize
      if hypothesis.cause == .bodyWrapped || opens && path.depth == 1 && isSmall {
        inside.append((text, path))
      }
    }
    for (text, path) in inside {
      let passes = BodyFeatures.looksWrapped(text) ? BodyFeatures.passesToReadJSON : BodyFeatures.passesToReadText
      guard mayMake(text.count, passes: passes, isFirst: false) else { return }
      let features = BodyFeatures(text)
      cost += features.costToRead - passes * text.count
      // JSON that was a text in JSON may carry another text in any of its fields.
      let hasFields = hypothesis.name == "field" || hypothesis.name == "JSON string"
      let evident = BodyHypothesis.all.filter { next in
        let evidence = next.evidence(features)
        return evidence == .plain || evidence == .possible && hasFields && next.name == "field"
      }
      for next in evident.filter({ $0.cause == .bodyWrapped }) + evident.filter({ $0.cause != .bodyWrapped }) {
        guard mayMake(text.count, passes: next.passes, isFirst: false) else { return }
        open(features, with: next, opens: next.opens(.plain), path)
      }
    }
  }
}
