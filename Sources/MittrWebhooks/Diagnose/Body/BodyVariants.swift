/// The bodies that may have been signed in place of the one received, the likeliest first, each made when it is asked
/// for.
struct BodyVariants {
  /// What may have been done to the body.
  enum Change {
    case nothing
    case hypothesis(BodyHypothesis)
    case rewriting(JSONRewriting)
    /// What another change brought to light was written anew, in the way that has this place among the likeliest.
    case inner(Int)
  }

  /// Bodies above this are only looked at from the outside: their ends, and a byte order mark.
  static let maximumRewrittenSize = JSONTokens.maximumSize
  /// Only up to this size is a rewritten body kept, to be tried under other secrets too.
  private static let maximumKeptSize = 256 * 1024
  /// Of larger ones only the likeliest ways to write JSON are considered.
  private static let largeSize = 48 * 1024

  /// What may have been done; nothing comes first.
  let changes: [Change]
  /// How many of the changes after the first undo what the body itself shows to have been done.
  let evidentCount: Int
  /// How many of the changes are tried with anything that may be wrong with a secret; the rest only with what is evident.
  let pairedCount: Int
  /// The places of the changes that give a body as long as the request says it was when it was signed; empty when that is
  /// how long it was received, which proxies see to, or when nothing is said.
  let told: [Int]
  /// The places of the changes whose outcome's length is known only when it is made, or that take long; empty when nothing
  /// is said of the length.
  let unsized: [Int]
  /// Whether nothing was left out that could have been done to the body, for its size or for what it would have cost.
  private(set) var isComplete: Bool
  let features: BodyFeatures

  /// What was brought to light, and the ways to write it anew.
  private struct Opened {
    let body: SignedBody
    var writer: JSONRewriter
    let rewritings: [JSONRewriting]
  }

  private let body: UnsafeRawBufferPointer
  private let numberPlans: [JSONNumberPlan]
  private var writer: JSONRewriter?
  /// What was brought to light and is JSON.
  private var opened: [Opened]?
  private var kept: [[SignedBody]?] = []

  /// - Parameters:
  ///   - signedLength: how long the request says that the body was; nil when it does not.
  ///   - effort: pays for reading the body.
  init(_ body: UnsafeRawBufferPointer, signedLength: Int? = nil, effort: inout SearchEffort) {
    self.body = body
    isComplete = body.count <= Self.largeSize
    let features = BodyFeatures(body, signedLength: signedLength, isRead: body.count <= Self.maximumRewrittenSize)
    self.features = features
    if !features.bytes.isEmpty { effort.spend(features.costToRead, times: 1) }
    let writer = features.json.map { JSONRewriter($0) }
    self.writer = writer
    if let writer { effort.spend(writer.costToRead, times: 1) }
    var hypotheses: [BodyHypothesis.Evidence: [BodyHypothesis]] = [:]
    for hypothesis in BodyHypothesis.all {
      let evidence = hypothesis.evidence(features)
      if evidence != .none { hypotheses[evidence, default: []].append(hypothesis) }
    }
    let isLarge = body.count > Self.largeSize
    var rewritings = writer?.rewritings(isLarge ? .likeliest : .all) ?? []
    if let signedLength, signedLength != body.count, let fitting = writer?.rewritings(fitting: signedLength) {
      rewritings = fitting + rewritings.filter { !fitting.contains($0) }
    }
    let (numberPlans, respelled) =
      isLarge ? ([], []) : writer?.numberRewritings(size: body.count, signedLength: signedLength) ?? ([], [])
    self.numberPlans = numberPlans
    effort.spend(Self.costToList, times: rewritings.count)
    // What is undone at the ends and of the lines comes before what writes the text anew, which comes before the rest.
    let possible = hypotheses[.possible] ?? []
    let inner =
      !isLarge && hypotheses.contains { evidence, some in some.contains { $0.opens(evidence) } } ? Self.innerCount : 0
    let evident = (hypotheses[.plain] ?? []).map(Change.hypothesis)
    let likely = [.nothing] + evident
    var unlikely = possible.filter(\.isSimple).map(Change.hypothesis)
    if isLarge {
      // There is hardly anything to spend on what takes many passes: only when the length may tell that it is right.
      let isTold = signedLength.map { $0 != body.count } == true
      unlikely += rewritings.map(Change.rewriting) + respelled.map(Change.rewriting)
      if isTold {
        unlikely += possible.filter { !$0.isSimple }.sorted { $0.passes < $1.passes }.map(Change.hypothesis)
      }
      pairedCount = .max
    } else {
      unlikely += rewritings.prefix(Self.likelyRewritings).map(Change.rewriting)
      unlikely += possible.filter { !$0.isSimple }.map(Change.hypothesis)
      unlikely += respelled.prefix(Self.likelyRespellings).map(Change.rewriting)
      pairedCount = likely.count + unlikely.count
      unlikely += (0..<inner).map(Change.inner) + respelled.dropFirst(Self.likelyRespellings).map(Change.rewriting)
      unlikely += rewritings.dropFirst(Self.likelyRewritings).map(Change.rewriting)
    }
    evidentCount = evident.count
    guard let signedLength else {
      (changes, told, unsized) = (likely + unlikely, [], [])
      return
    }
    if isLarge { effort.spend(body.count, times: Self.passesToMeasure, fromReserve: true) }
    let plans = numberPlans
    func lengths(_ change: Change) -> ClosedRange<Int> { Self.lengths(of: change, features, writer, plans) }
    let all = likely + unlikely
    guard signedLength == body.count else {
      let sized = all.indices.map { lengths(all[$0]) }
      changes = all
      // Sorting a large text takes so long that all else comes before.
      func isLate(_ place: Int) -> Bool {
        if case .rewriting(let rewriting) = all[place] { return isLarge && rewriting.isSorted }
        return sized[place].upperBound >= Self.anyLength.upperBound
      }
      let fitting = all.indices.filter { sized[$0].contains(signedLength) }
      (told, unsized) = (fitting.filter { !isLate($0) }, fitting.filter(isLate))
      return
    }
    // A proxy wrote the length anew, or what was done left it as it was: that comes first.
    (told, unsized) = ([], [])
    guard !isLarge else {
      changes = all
      return
    }
    let fitting = unlikely.map { lengths($0).contains(signedLength) }
    let places = unlikely.indices.filter { fitting[$0] } + unlikely.indices.filter { !fitting[$0] }
    changes = likely + places.map { unlikely[$0] }
  }

  private static let anyLength = 0...Int.max / 2
  /// What it takes to tell how long a body was before each change, in passes over it.
  private static let passesToMeasure = 8

  /// How many of the ways to write JSON, and of those to spell numbers, are tried with anything that may be wrong with a
  /// secret.
  private static let likelyRewritings = 18
  private static let likelyRespellings = 8
  /// How many ways to write JSON are tried on what is inside the body.
  private static let innerCount = 12

  /// The lengths that the body may have had before a change, its final line breaks among what may have changed.
  private static func lengths(
    of change: Change, _ features: BodyFeatures, _ writer: JSONRewriter?, _ plans: [JSONNumberPlan]
  ) -> ClosedRange<Int> {
    let growth = SignedBody.endingGrowth
    switch change {
    case .nothing: return features.size + growth.lowerBound...features.size + growth.upperBound
    case .hypothesis(let hypothesis):
      let lengths = hypothesis.lengths(features)
      return lengths.lowerBound + growth.lowerBound...lengths.upperBound + growth.upperBound
    case .rewriting(let rewriting):
      guard let length = writer?.length(of: rewriting, plans) else { return anyLength }
      // A layout has no final line break of its own, and one may follow.
      return rewriting.layout == nil ? length + growth.lowerBound...length + growth.upperBound : length...length + 1
    case .inner: return anyLength
    }
  }

  /// Whether a rewritten body is kept, so that it can be tried again.
  var keepsBodies: Bool { body.count <= Self.maximumKeptSize }

  /// The bodies before a change was done, the likeliest first; none when the change does nothing or cannot have been done.
  /// - isTold: whether what is kept for bodies of the right length may be spent.
  mutating func signedBodies(at index: Int, isTold: Bool, effort: inout SearchEffort) -> [SignedBody] {
    if kept.isEmpty { kept = Array(repeating: nil, count: changes.count) }
    if let known = kept[index] { return known }
    let evidence: BodyHypothesis.Evidence = index <= evidentCount ? .plain : .possible
    let bodies = makeSignedBodies(changes[index], evidence, isTold: isTold, effort: &effort)
    if keepsBodies || !bodies.contains(where: \.isRewritten) { kept[index] = bodies }
    return bodies
  }

  private mutating func makeSignedBodies(
    _ change: Change, _ evidence: BodyHypothesis.Evidence, isTold: Bool, effort: inout SearchEffort
  ) -> [SignedBody] {
    switch change {
    case .nothing: return [SignedBody(body)]
    case .hypothesis(let hypothesis):
      let cost = features.bytes.count * hypothesis.passes
      guard effort.allows(cost, withReserve: isTold) else {
        isComplete = false
        return []
      }
      effort.spend(cost, times: 1, fromReserve: isTold)
      var unwrapping = BodyUnwrapping(body, allowance: effort.allowance / Self.unwrappingShare)
      unwrapping.open(features, with: hypothesis, evidence: evidence)
      effort.spend(unwrapping.cost, times: 1, fromReserve: isTold)
      if unwrapping.isCut { isComplete = false }
      return unwrapping.bodies
    case .rewriting(let rewriting):
      let length = writer?.length(of: rewriting, numberPlans) ?? 0
      guard effort.allows((2 * JSONRewriter.passes + 1) * length, withReserve: isTold) else {
        isComplete = false
        return []
      }
      guard let (bytes, phrase) = writer?.text(rewriting, numberPlans, effort: &effort),
        !bytes.withUnsafeBytes({ SignedBody.areEqual($0, body) })
      else { return [] }
      return [
        SignedBody(
          body, edit: .bytes(bytes), causes: [.bodyReserialized], phrase: phrase, advice: [Self.rewritingAdvice],
          end: .free)
      ]
    case .inner(let place): return innerBodies(at: place, effort: &effort)
    }
  }

  /// What it costs to list one way to write JSON, in bytes hashed.
  private static let costToList = 512

  /// What part of all that is left one hypothesis may cost.
  private static let unwrappingShare = 4

  private static let rewritingAdvice =
    "verify the raw body before it is parsed, for JSON that is written again has other bytes"

  /// What was brought to light, written anew.
  private mutating func innerBodies(at place: Int, effort: inout SearchEffort) -> [SignedBody] {
    var inside = opened ?? findOpened(effort: &effort)
    var bodies: [SignedBody] = []
    for index in inside.indices where effort.allows(JSONRewriter.passes * body.count) {
      guard inside[index].rewritings.indices.contains(place),
        let (bytes, phrase) = inside[index].writer.text(inside[index].rewritings[place], [], effort: &effort)
      else { continue }
      let outer = inside[index].body
      bodies.append(
        SignedBody(
          body, edit: .bytes(bytes), causes: [.bodyReserialized] + outer.causes, phrase: "\(phrase) of \(outer.phrase)",
          advice: outer.advice + [Self.rewritingAdvice], end: .free))
    }
    opened = inside
    return bodies
  }

  /// No more texts are written anew.
  private static let maximumOpened = 4

  private mutating func findOpened(effort: inout SearchEffort) -> [Opened] {
    var inside: [Opened] = []
    for (index, change) in changes.enumerated() {
      guard case .hypothesis(let hypothesis) = change, hypothesis.opens(index <= evidentCount ? .plain : .possible)
      else { continue }
      for body in signedBodies(at: index, isTold: false, effort: &effort) where inside.count < Self.maximumOpened {
        guard let text = body.text, BodyFeatures.looksWrapped(text), text.count <= Self.maximumKeptSize else {
          continue
        }
        guard effort.allows(BodyFeatures.passesToReadJSON * text.count) else {
          isComplete = false
          return inside
        }
        effort.spend(text.count, times: BodyFeatures.passesToReadJSON)
        guard let json = JSONTokens(text), !json.isString else { continue }
        let writer = JSONRewriter(json)
        inside.append(
          Opened(body: body, writer: writer, rewritings: Array(writer.rewritings(.likeliest).prefix(Self.innerCount))))
      }
    }
    return inside
  }
}
