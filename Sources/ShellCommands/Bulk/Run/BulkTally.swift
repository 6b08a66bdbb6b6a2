/// How many items of a run came to what.
struct BulkTally: Sendable {
  private(set) var done = 0
  /// Refused, or failed in another way.
  private(set) var failed = 0
  private(set) var unknown = 0
  /// Whose request was not sent, because the run ended before.
  private(set) var unfinished = 0
  /// Items that came more than once, and are counted once.
  var repeated = 0
  /// What an earlier run has come to an end with, by what it came to.
  private(set) var earlier: [Outcome.Kind: Int] = [:]
  /// The first items whose outcome is unknown.
  private var unknownNames: [String] = []
  private static let namesShown = 10
  /// How many failed with which code.
  private var causes: [String: Int] = [:]
  private static let (causesShown, causesKept) = (5, 1000)

  mutating func count(_ outcome: Outcome, of name: String, isEarlier: Bool = false) {
    if outcome.kind == .unknown, unknownNames.count < Self.namesShown { unknownNames.append(name) }
    guard !isEarlier else {
      earlier[outcome.kind, default: 0] += 1
      return
    }
    switch outcome.kind {
    case .done: done += 1
    case .refused, .failed:
      failed += 1
      // The codes are the server's: there may be as many as it likes.
      let code = String(outcome.cause.prefix(40))
      if !code.isEmpty, causes[code] != nil || causes.count < Self.causesKept { causes[code, default: 0] += 1 }
    case .unknown: unknown += 1
    case .unsent: unfinished += 1
    }
  }

  /// What this run has come to an end with.
  var ended: Int { done + failed + unknown }
  var skipped: Int { earlier.values.reduce(0, +) }
  var isEmpty: Bool { ended + unfinished + skipped == 0 }

  /// Everything that is not known to be done, though it was to be.
  var missed: Int { failed + unknown + skipped - (earlier[.done] ?? 0) }

  /// What nobody knows about, from earlier runs too.
  var allUnknown: Int { unknown + (earlier[.unknown] ?? 0) }

  /// `12 done, 3 failed: 2 INVALID_STATE, 1 NOT_FOUND`, or, with all parts that there may be,
  /// `12 done, 1 failed (1 NOT_FOUND), 1 unknown, 40 skipped (40 done before); unknown: evt_7`.
  var summary: String {
    var parts: [String] = []
    if unknown > 0 { parts.append("\(unknown) unknown") }
    if unfinished > 0 { parts.append("\(unfinished) not finished") }
    if skipped > 0 { parts.append("\(skipped) skipped\(reasons)") }
    if repeated > 0 { parts.append("\(repeated) that came again") }
    let causes = failed > 0 ? causesText : ""
    let shown = causes.isEmpty ? "" : parts.isEmpty ? ": \(causes)" : " (\(causes))"
    return (["\(done) done", "\(failed) failed\(shown)"] + parts).joined(separator: ", ")
      + (allUnknown > 0 ? names : "")
  }

  /// `2 INVALID_STATE, 1 NOT_FOUND`, the most frequent first.
  private var causesText: String {
    let sorted = causes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let shown = sorted.prefix(Self.causesShown).map { "\($0.value) \($0.key)" }
    let rest = failed - sorted.prefix(Self.causesShown).reduce(0) { $0 + $1.value }
    guard !shown.isEmpty else { return "" }
    return (shown + (rest > 0 ? ["\(rest) others"] : [])).joined(separator: ", ")
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
