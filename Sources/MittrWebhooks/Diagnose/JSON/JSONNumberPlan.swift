/// Which numbers of a text are spelled otherwise, and how.
struct JSONNumberPlan: Sendable {
  /// To follow "the same JSON".
  let phrase: String
  /// What stands in place of the tokens at these places.
  let replacements: [(place: Int, text: [UInt8])]
  /// How many bytes longer the text gets.
  let growth: Int
}

/// The numbers of a text, and how they may have been spelled.
struct JSONNumbers {
  private struct Number {
    let place: Int
    let size: Int
    let decimal: JSONDecimal
    /// The same for all numbers behind keys of the same name.
    let group: Int
    let index: Int
  }

  private var numbers: [Number] = []
  private var groupCount = 0
  private var uniformPlans: [JSONNumberPlan] = []

  /// Of texts with more numbers only all are respelled together.
  private static let limits = (groups: 8, singles: 10, numbers: 200, plans: 24)

  init(of tokens: JSONTokens) {
    var groups: [ArraySlice<UInt8>: Int] = [:]
    var key: ArraySlice<UInt8> = []
    for (place, token) in tokens.tokens.enumerated() {
      if token.kind == UInt8(ascii: ":"), place > 0 { key = tokens.source[tokens.tokens[place - 1].range] }
      guard token.kind == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= token.kind,
        let decimal = JSONDecimal(tokens.source[token.range])
      else { continue }
      let group = groups[key] ?? groups.count
      groups[key] = group
      numbers.append(
        Number(place: place, size: token.range.count, decimal: decimal, group: group, index: numbers.count))
    }
    groupCount = groups.count
    uniformPlans = makeUniformPlans()
  }

  var isEmpty: Bool { numbers.isEmpty }

  /// The plans that respell all numbers, or all of one kind.
  private func makeUniformPlans() -> [JSONNumberPlan] {
    var plans = [
      plan("with whole numbers without a fraction", .shortest) { $0.decimal.hasZeroFraction },
      plan("with numbers in their shortest spelling", .shortest) { _ in true },
      plan("with all numbers \(JSONDecimal.Format.python.phrase)", .python) { _ in true },
    ]
    guard numbers.count <= Self.limits.numbers else { return plans }
    plans.append(plan("with numbers without exponents", .plain) { !$0.decimal.isSpelledWhole })
    for format in JSONDecimal.Format.allCases where format != .shortest && format != .plain {
      plans.append(plan("with numbers \(format.phrase)", format) { !$0.decimal.isSpelledWhole })
      if format != .python { plans.append(plan("with all numbers \(format.phrase)", format) { _ in true }) }
    }
    return plans
  }

  private func plan(
    _ phrase: String, _ format: JSONDecimal.Format, where isMeant: (Number) -> Bool
  ) -> JSONNumberPlan {
    var growth = 0
    let replacements: [(place: Int, text: [UInt8])] = numbers.compactMap { number in
      guard isMeant(number), let text = number.decimal.spelled(format) else { return nil }
      growth += text.count - number.size
      return (number.place, text)
    }
    return JSONNumberPlan(phrase: phrase, replacements: replacements, growth: growth)
  }

  /// What may have been the spelling of the numbers, the likeliest first.
  /// - Parameter growth: how many bytes longer it makes the text; nil when that is not known.
  func plans(growing growth: Int? = nil) -> [JSONNumberPlan] {
    var plans: [JSONNumberPlan] = []
    func add(_ plan: JSONNumberPlan) {
      guard !plan.replacements.isEmpty, growth == nil || plan.growth == growth, plans.count < Self.limits.plans else {
        return
      }
      plans.append(plan)
    }
    for plan in uniformPlans { add(plan) }
    // Of very many numbers nobody could say more.
    guard numbers.count <= Self.limits.numbers else { return plans }
    let formats: [JSONDecimal.Format] = [
      .python, .java, .twoDecimals, .exponentWithSign, .exponent, .lowercaseExponent,
    ]
    for format in formats where 2...Self.limits.groups ~= groupCount {
      addSubsets(groupCount, format, growth: growth, place: \.group, add)
    }
    // Without the length there would be very many of these.
    if growth != nil, groupCount < numbers.count, numbers.count <= Self.limits.singles {
      addSubsets(numbers.count, .python, growth: growth, place: \.index, add)
    }
    return plans
  }

  /// Adds the plans that respell some groups of numbers and not others.
  private func addSubsets(
    _ count: Int, _ format: JSONDecimal.Format, growth: Int?, place: KeyPath<Number, Int>,
    _ add: (JSONNumberPlan) -> Void
  ) {
    var growths = [Int](repeating: 0, count: count)
    for number in numbers {
      if let text = number.decimal.spelled(format) { growths[number[keyPath: place]] += text.count - number.size }
    }
    for subset in subsets(of: count, isAll: growth != nil) {
      let sum = growths.indices.reduce(0) { subset & 1 << $1 != 0 ? $0 + growths[$1] : $0 }
      guard growth == nil || sum == growth else { continue }
      add(plan("with some numbers \(format.phrase)", format) { subset & 1 << $0[keyPath: place] != 0 })
    }
  }

  /// Bit sets of groups: single ones, then pairs, then all others.
  private func subsets(of count: Int, isAll: Bool) -> [Int] {
    (1..<1 << count).filter { isAll || $0.nonzeroBitCount < (count > 6 ? 2 : 3) }
      .sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
  }
}

extension JSONTokens {
  /// The same tokens with numbers in another spelling; nil when that changes nothing.
  func respelled(_ plan: JSONNumberPlan) -> JSONTokens? {
    var (text, places, hasChanged) = (source, tokens, false)
    for (place, number) in plan.replacements where !number.elementsEqual(source[tokens[place].range]) {
      let start = text.count
      text += number
      places[place] = Token(
        start: UInt32(start), end: UInt32(text.count), kind: number.first ?? 0, hasSpellings: false)
      hasChanged = true
    }
    guard hasChanged else { return nil }
    return JSONTokens(source: text, tokens: places, shape: shape, contentSize: contentSize + plan.growth)
  }
}
