import OrderedJSON

/// What `min` and `max` have in common.
struct MinMax {
  private let call: Call
  private let keys: BoundKeys
  private let comesBefore: (_ order: Int) -> Bool

  private struct Candidate {
    /// What the first key has of the item; it is not null.
    let value: JSONValue
    /// What the further keys have, which decide among those whose first key is the same.
    let rest: ArraySlice<JSONValue>
    var item: JSONValue
  }

  /// The best item by some measure of its first key, as long as all items have one.
  private struct Contest<Measure> {
    private(set) var best: (measure: Measure, candidate: Candidate)?
    private(set) var isOpen = true

    mutating func offer(
      _ candidate: Candidate, _ measure: Measure?,
      isBetter: (Measure, _ than: Measure, _ other: Candidate) throws(Interruption) -> Bool
    ) throws(Interruption) {
      guard isOpen else { return }
      guard let measure else {
        (best, isOpen) = (nil, false)
        return
      }
      if let best, !(try isBetter(measure, best.measure, best.candidate)) { return }
      var kept = candidate
      kept.item = kept.item.detached()
      best = (measure, kept)
    }
  }

  /// The item whose keys come before all others, the first of equal ones; null when there is none.
  /// - Parameter comesBefore: whether a value of this order to the best so far takes its place.
  static func item(
    _ call: Call, _ parameter: some AnyParameter, comesBefore: @escaping (_ order: Int) -> Bool
  ) async throws(Interruption) -> Output {
    try await MinMax(call: call, keys: call.keys(parameter), comesBefore: comesBefore).result()
  }

  private func result() async throws(Interruption) -> Output {
    let input = call.requiredInput
    var values = Contest<JSONValue>()
    var times = Contest<Instant>()
    var numbers = Contest<JSONNumber>()
    while let item = try await input.next() {
      let all = keys.isEmpty ? [item] : try await keys.values(for: item)
      guard let value = all.first, !value.isNull else { continue }
      let candidate = Candidate(value: value, rest: all.dropFirst(), item: item)
      // Alone it would have nothing to be compared with, but what is an error with two items is one with one.
      if values.best == nil { _ = try order(value, value) }
      try values.offer(candidate, value) { value, best, other throws(Interruption) in
        try isBetter(try order(value, best), candidate, than: other)
      }
      let text = value.stringValue
      if times.isOpen {
        try times.offer(candidate, text.flatMap { Instant($0) }) { time, best, other throws(Interruption) in
          try isBetter(Instant.order(time, best), candidate, than: other)
        }
      }
      if numbers.isOpen {
        try numbers.offer(candidate, text.flatMap { JSONNumber($0) }) { number, best, other throws(Interruption) in
          try isBetter(Number.compare(number, best), candidate, than: other)
        }
      }
    }
    if let number = numbers.best?.measure, let text = values.best?.measure.stringValue, let other = JSONNumber(text),
      Number.compare(number, other) != 0
    {
      call.warnAboutNumberTexts(keys)
    }
    let best = times.best?.candidate ?? values.best?.candidate
    return .value(best?.item ?? .null, kind: best == nil ? nil : input.kind)
  }

  private func isBetter(_ order: Int, _ candidate: Candidate, than other: Candidate) throws(Interruption) -> Bool {
    guard order == 0 else { return comesBefore(order) }
    for (left, right) in zip(candidate.rest, other.rest) {
      let order = try self.order(left, right)
      if order != 0 { return comesBefore(order) }
    }
    return false
  }

  /// Null comes before everything else.
  private func order(_ left: JSONValue, _ right: JSONValue) throws(Interruption) -> Int {
    if left.isNull || right.isNull { return (left.isNull ? 0 : 1) - (right.isNull ? 0 : 1) }
    guard let order = Comparison.order(left, right) else { throw .failure(unordered(left, right)) }
    return order
  }

  private func unordered(_ value: JSONValue, _ best: JSONValue) -> Failure {
    let kinds = Set([best.kindName, value.kindName]).sorted()
    let message =
      kinds.count == 1
      ? "'\(call.name)' cannot compare \(kinds[0])s" : "'\(call.name)' cannot compare a \(kinds[0]) with a \(kinds[1])"
    return Failure(
      .typeMismatch, message, at: keys.span(of: 0),
      help: kinds == ["record"] && keys.isEmpty
        ? "to compare a field: \(call.name) .field" : "numbers, strings and booleans compare among themselves")
  }
}
