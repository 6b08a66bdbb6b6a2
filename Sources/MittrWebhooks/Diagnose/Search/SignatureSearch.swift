/// Looks for what the received signature is right for, by computing it under one hypothesis after the other.
///
/// A hypothesis is one of what may stand before the body, one of the bodies and one of the keys that may have been meant,
/// at most two of which differ from what was given. They are tried in order of likelihood, which falls with the product
/// of their places in the three lists, until one is right, the effort is spent, or the task is cancelled.
struct SignatureSearch {
  /// A hypothesis under which a received signature is right.
  struct Match {
    let reading: ReceivedSignature
    let prefix: MessagePrefix
    let body: SignedBody
    let ending: SignedBody.Ending
    let secret: SecretVariant
  }

  private let readings: [ReceivedSignature]
  private let algorithms: [SignatureAlgorithm]
  private let prefixes: [MessagePrefix]
  private let secrets: [SecretVariant]
  private var bodies: BodyVariants
  private var effort: SearchEffort
  /// For each secret that was tried, the codes to begin with.
  private var keyed: [Int: [MessageCode]] = [:]
  /// Whether no hypothesis was left out for what it would have cost.
  private(set) var isExhaustive: Bool
  /// What was spent, in bytes hashed.
  var spent: Int { effort.spent }

  init(
    _ readings: [ReceivedSignature], prefixes: [MessagePrefix], body: UnsafeRawBufferPointer,
    secrets: [SecretVariant]
  ) {
    self.readings = readings
    algorithms = SignatureAlgorithm.allCases.filter { algorithm in readings.contains { $0.algorithm == algorithm } }
    self.prefixes = prefixes
    self.secrets = secrets
    var effort = SearchEffort(bodySize: body.count)
    bodies = BodyVariants(body, effort: &effort)
    self.effort = effort
    isExhaustive = bodies.isComplete
  }

  /// The likeliest hypothesis that is right; nil when none of those tried is.
  mutating func run() -> Match? {
    guard !readings.isEmpty, !secrets.isEmpty, !prefixes.isEmpty else { return nil }
    let (prefixRanks, bodyRanks, secretRanks) = (
      Rank.all(prefixes.count), Rank.all(bodies.changes.count), Rank.all(secrets.count)
    )
    let last = [
      bodyRanks.upperBound * secretRanks.upperBound, prefixRanks.upperBound * bodyRanks.upperBound,
      prefixRanks.upperBound * secretRanks.upperBound,
    ].max()
    for product in 1...(last ?? 1) {
      for prefix in prefixRanks where product % prefix == 0 {
        let rest = product / prefix
        for secret in secretRanks where rest % secret == 0 {
          let body = rest / secret
          // Of three that differ nobody would be sure what to believe, and there are very many.
          guard bodyRanks ~= body, prefix == 1 || body == 1 || secret == 1 else { continue }
          guard let prefix = Rank.place(of: prefix), let body = Rank.place(of: body),
            let secret = Rank.place(of: secret)
          else { continue }
          guard !Task.isCancelled else {
            isExhaustive = false
            return nil
          }
          switch examine(prefix: prefix, body: body, secret: secret) {
          case .right(let match): return match
          case .wrong: break
          case .tooCostly:
            isExhaustive = false
            return nil
          }
        }
      }
    }
    return nil
  }

  private enum Answer {
    case right(Match)
    case wrong
    case tooCostly
  }

  private mutating func examine(prefix: Int, body: Int, secret: Int) -> Answer {
    if body > 0, prefix + secret > 0, !bodies.keepsBodies {
      isExhaustive = false
      return .wrong
    }
    guard let signed = bodies.signedBody(at: body, effort: &effort) else { return .wrong }
    let cost = signed.byteCount + Self.overhead * signed.endings.count
    for index in algorithms.indices {
      guard effort.allows(cost) else { return .tooCostly }
      effort.spend(cost, times: 1)
      var code = keyedCodes(secret)[index]
      code.add(prefixes[prefix].bytes)
      signed.forEachPiece { code.add($0) }
      for ending in signed.endings {
        var whole = code
        whole.add(ending.bytes)
        let bytes = whole.bytes
        let reading = readings.first { $0.algorithm == algorithms[index] && $0.isRight(bytes) }
        guard let reading else { continue }
        return .right(
          Match(reading: reading, prefix: prefixes[prefix], body: signed, ending: ending, secret: secrets[secret]))
      }
    }
    return .wrong
  }

  /// What finishing a code costs beside hashing its message, in bytes.
  private static let overhead = 192

  private mutating func keyedCodes(_ secret: Int) -> [MessageCode] {
    if let codes = keyed[secret] { return codes }
    let codes = algorithms.map { MessageCode($0, key: secrets[secret].key) }
    keyed[secret] = codes
    return codes
  }
}

/// The weight of a place in a list of hypotheses: 1 for what was given, then 4, 5, 6…: so that one difference, even an
/// unlikely one, is tried before most pairs of them.
private enum Rank {
  private static let first = 4

  /// The ranks of so many places, and the ones between 1 and 4 that stand for none.
  static func all(_ count: Int) -> ClosedRange<Int> { 1...max(1, count + first - 2) }

  /// The place in the list, from 0; nil for the ranks between.
  static func place(of rank: Int) -> Int? {
    if rank == 1 { return 0 }
    return rank < first ? nil : rank - first + 1
  }
}
