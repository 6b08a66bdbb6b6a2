/// Looks for what the received signature is right for, by computing it under one hypothesis after the other.
///
/// A hypothesis is one of what may stand before the body, one of the bodies and one of the keys that may have been meant,
/// at most two of which differ from what was given. They are tried in order of likelihood, which falls with the product
/// of their places in the three lists, until one is right, the effort is spent, or the task is cancelled. Bodies that are
/// as long as the request says, though the one received is not, come before all others.
struct SignatureSearch {
  /// A hypothesis under which a received signature is right.
  struct Match {
    let reading: ReceivedSignature
    let prefix: MessagePrefix
    let body: SignedBody
    let ending: SignedBody.TrailingBreaks
    let secret: SecretVariant
  }

  private let readings: [ReceivedSignature]
  private let algorithms: [SignatureAlgorithm]
  private let prefixes: [MessagePrefix]
  private let secrets: [SecretVariant]
  private var bodies: BodyVariants
  /// How long the request says that the signed body was; nil when it does not.
  private let signedLength: Int?
  private var effort: SearchEffort
  /// For each secret that was tried, the codes to begin with.
  private var keyed: [[MessageCode]]
  /// Whether no hypothesis was left out for what it would have cost.
  var isExhaustive: Bool { !isCutShort && bodies.isComplete }
  private var isCutShort = false
  /// What the body's bytes tell.
  var features: BodyFeatures { bodies.features }
  /// What was spent, in bytes hashed.
  var spent: Int { effort.spent }

  init(
    _ readings: [ReceivedSignature], prefixes: [MessagePrefix], body: UnsafeRawBufferPointer,
    secrets: [SecretVariant], signedLength: Int? = nil
  ) {
    self.readings = readings
    algorithms = SignatureAlgorithm.allCases.filter { algorithm in readings.contains { $0.algorithm == algorithm } }
    self.prefixes = prefixes
    self.secrets = secrets
    keyed = Array(repeating: [], count: secrets.count)
    var effort = SearchEffort(bodySize: body.count)
    bodies = BodyVariants(body, signedLength: signedLength, effort: &effort)
    self.signedLength = signedLength
    self.effort = effort
  }

  /// The likeliest hypothesis that is right; nil when none of those tried is.
  mutating func run() -> Match? {
    guard !readings.isEmpty, !secrets.isEmpty, !prefixes.isEmpty else { return nil }
    // A length may have been written anew: what was given comes first.
    if case .right(let match) = examine(Hypothesis(prefix: 0, body: 0, secret: 0), isTold: false) { return match }
    // The length nearly settles which body was signed, whatever the secret.
    if !bodies.told.isEmpty, let match = run(over: bodies.told, isTold: true) { return match }
    if !bodies.unsized.isEmpty, let match = run(over: bodies.unsized, isTold: true) { return match }
    return run(over: Array(bodies.changes.indices), evident: bodies.evidentCount, isTold: false)
  }

  private mutating func run(over places: [Int], evident: Int = 0, isTold: Bool) -> Match? {
    let prefixRanks = Ranks(prefixes.count)
    let bodyRanks = Ranks(places.count, evident: evident, firstOther: isTold ? 2 : Ranks.firstOther)
    let secretRanks = Ranks(secrets.count, evident: secrets.dropFirst().prefix { $0.isEvident }.count)
    let pairedCount = isTold ? Self.mostToldPairs : bodies.pairedCount
    let lastPaired = bodyRanks.last(before: pairedCount)
    let last = max(
      bodyRanks.last, lastPaired * secretRanks.last, prefixRanks.last * max(lastPaired, secretRanks.last))
    for product in 1...min(last, max(bodyRanks.last, Self.lastProduct)) {
      for (prefixRank, prefixPlaces) in prefixRanks.ranked where product % prefixRank == 0 {
        let rest = product / prefixRank
        // Another secret before another body: that costs a hash, but no writing.
        for (secretRank, secretPlaces) in secretRanks.ranked.reversed() where rest % secretRank == 0 {
          // Of three that differ nobody would be sure what to believe, and there are very many.
          guard let bodyPlaces = bodyRanks[rest / secretRank],
            prefixRank == 1 || (isTold ? rest == 1 : secretRank == 1 || rest == secretRank)
          else { continue }
          for prefix in prefixPlaces {
            for body in bodyPlaces {
              // What is unlikely is not tried with what is unlikely too.
              guard body < pairedCount || prefixRank * secretRank == 1 else { continue }
              for secret in secretPlaces {
                guard !Task.isCancelled else {
                  isCutShort = true
                  return nil
                }
                switch examine(Hypothesis(prefix: prefix, body: places[body], secret: secret), isTold: isTold) {
                case .right(let match): return match
                case .wrong: break
                case .tooCostly:
                  isCutShort = true
                  return nil
                }
              }
            }
          }
        }
      }
    }
    return nil
  }

  /// Where very many bodies have the right length, it settles nothing: no more of them are tried with anything that may
  /// be wrong with a secret.
  private static let mostToldPairs = 24

  /// What is less likely than this is tried with nothing else.
  private static let lastProduct = 640

  /// The places of what is tried together.
  private struct Hypothesis {
    let prefix: Int
    let body: Int
    let secret: Int
  }

  private enum Answer {
    case right(Match)
    case wrong
    case tooCostly
  }

  /// - Parameter isTold: whether only bodies as long as the request says are tried.
  private mutating func examine(_ hypothesis: Hypothesis, isTold: Bool) -> Answer {
    let (prefix, body, secret) = (hypothesis.prefix, hypothesis.body, hypothesis.secret)
    if body > 0, prefix + secret > 0, !bodies.keepsBodies {
      isCutShort = true
      return .wrong
    }
    for signed in bodies.signedBodies(at: body, isTold: isTold, effort: &effort) {
      switch examine(signed, hypothesis, isTold: isTold) {
      case .right(let match): return .right(match)
      case .tooCostly: return .tooCostly
      case .wrong: break
      }
    }
    return .wrong
  }

  private mutating func examine(_ signed: SignedBody, _ hypothesis: Hypothesis, isTold: Bool) -> Answer {
    let (prefix, secret) = (hypothesis.prefix, hypothesis.secret)
    let endings = isTold ? signed.endings.filter { signed.byteCount + $0.bytes.count == signedLength } : signed.endings
    guard !endings.isEmpty else { return .wrong }
    let cost = signed.byteCount + Self.overhead * endings.count
    for index in algorithms.indices {
      guard effort.allows(cost, withReserve: isTold) else { return .tooCostly }
      effort.spend(cost, times: 1, fromReserve: isTold)
      var code = keyedCodes(secret)[index]
      code.add(prefixes[prefix].bytes)
      signed.forEachPiece { code.add($0) }
      for ending in endings {
        var whole = code
        whole.add(ending.bytes)
        let reading = whole.withBytes { bytes in
          readings.first { $0.algorithm == algorithms[index] && $0.isRight(bytes) }
        }
        guard let reading else { continue }
        return .right(
          Match(reading: reading, prefix: prefixes[prefix], body: signed, ending: ending, secret: secrets[secret]))
      }
    }
    return .wrong
  }

  /// What finishing a code costs beside hashing its message, in bytes.
  private static let overhead = 1024

  private mutating func keyedCodes(_ secret: Int) -> [MessageCode] {
    guard keyed[secret].isEmpty else { return keyed[secret] }
    let codes = algorithms.map { MessageCode($0, key: secrets[secret].key) }
    keyed[secret] = codes
    return codes
  }
}

/// How unlikely the places in a list of hypotheses are: 1 for what was given and what is evident, then 4, 5, 6…: so that
/// one difference, even an unlikely one, is tried before most pairs of them.
private struct Ranks {
  /// The places of each rank, in order.
  let ranked: [(rank: Int, places: Range<Int>)]
  private let likeliest: Range<Int>
  private let others: Range<Int>
  private let firstOther: Int
  static let firstOther = 4

  /// - Parameters:
  ///   - count: the number of places, at least 1.
  ///   - evident: how many of the places after the first are evident.
  ///   - firstOther: the rank of the first that is not.
  init(_ count: Int, evident: Int = 0, firstOther: Int = firstOther) {
    self.firstOther = firstOther
    likeliest = 0..<1 + evident
    others = 1 + evident..<max(1 + evident, count)
    ranked =
      [(1, likeliest)] + others.enumerated().map { (firstOther + $0.offset, $0.element..<$0.element + 1) }
  }

  var last: Int { ranked.last?.rank ?? 1 }

  /// The last rank of the places before one.
  func last(before place: Int) -> Int { ranked.last { $0.places.lowerBound < place }?.rank ?? 1 }

  /// The places of a rank; nil when no place has it.
  subscript(rank: Int) -> Range<Int>? {
    if rank == 1 { return likeliest }
    let place = others.lowerBound + rank - firstOther
    return rank >= firstOther && others.contains(place) ? place..<place + 1 : nil
  }
}
