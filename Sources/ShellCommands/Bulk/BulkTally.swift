/// How many items of a run came to what.
struct BulkTally: Sendable {
  private(set) var done = 0
  /// Refused, or failed in another way.
  private(set) var failed = 0
  private(set) var unknown = 0
  /// Whose request was given up or not even sent.
  var unfinished = 0
  /// What an earlier run has come to an end with, by what it came to.
  private(set) var earlier: [Outcome.Kind: Int] = [:]
  /// The first items whose outcome is unknown.
  private var unknownNames: [String] = []
  private static let namesShown = 10

  mutating func count(_ outcome: Outcome, of name: String, isEarlier: Bool = false) {
    if outcome.kind == .unknown, unknownNames.count < Self.namesShown { unknownNames.append(name) }
    guard !isEarlier else {
      earlier[outcome.kind, default: 0] += 1
      return
    }
    switch outcome.kind {
    case .done: done += 1
    case .refused, .failed: failed += 1
    case .unknown: unknown += 1
    case .unsent: unfinished += 1
    }
  }

  /// What this run has come to an end with.
  var ended: Int { done + failed + unknown }
  var skipped: Int { earlier.values.reduce(0, +) }

  /// Everything that is not known to be done, though it was to be.
  var missed: Int { failed + unknown + skipped - (earlier[.done] ?? 0) }

  /// What nobody knows about, from earlier runs too.
  var allUnknown: Int { unknown + (earlier[.unknown] ?? 0) }

  /// `12 done, 1 failed, 1 unknown, 40 skipped (40 done before); unknown: evt_7`, with the parts that there are.
  var summary: String {
    var parts = ["\(done) done", "\(failed) failed"]
    if unknown > 0 { parts.append("\(unknown) unknown") }
    if unfinished > 0 { parts.append("\(unfinished) not finished") }
    if skipped > 0 { parts.append("\(skipped) skipped\(reasons)") }
    return parts.joined(separator: ", ") + (allUnknown > 0 ? names : "")
  }

  /// What skipped items came to before.
  private var reasons: String {
    let failed = (earlier[.failed] ?? 0) + (earlier[.refused] ?? 0)
    let parts = [("done", earlier[.done] ?? 0), ("failed", failed), ("unknown", earlier[.unknown] ?? 0)]
    return " (" + parts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ") + " before)"
  }

  private var names: String {
    let more = allUnknown - unknownNames.count
    return "; unknown: \(unknownNames.joined(separator: " "))" + (more > 0 ? " and \(more) more" : "")
  }
}

/// How many items a second came to an end lately.
struct RateMeter {
  private var samples: [(time: Duration, count: Int)] = []
  private static let span = Duration.seconds(10)
  private static let step = Duration.milliseconds(250)

  /// - Returns: nil as long as there is too little to tell it from.
  mutating func rate(_ count: Int, at now: Duration) -> Double? {
    if samples.last.map({ now - $0.time >= Self.step }) ?? true {
      samples.append((now, count))
      while samples.count > 2, now - samples[1].time >= Self.span { samples.removeFirst() }
    }
    guard let first = samples.first, now - first.time >= Self.step else { return nil }
    return Double(count - first.count) / ((now - first.time) / .seconds(1))
  }
}
