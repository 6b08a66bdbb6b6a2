/// Writes one JSON text in the ways that others do, and knows how long each is before it is written.
struct JSONRewriter {
  private let tokens: JSONTokens
  private let inventory: JSONStringInventory
  private var sorted: JSONTokens??
  /// The text with its strings in a style, for each style: by what the style says of the characters that there are.
  private var respelled: [Source: JSONTokens?] = [:]
  /// What was said of the styles so far.
  private var spellings: [JSONStringStyle: String?] = [:]

  private struct Source: Hashable {
    let forms: [JSONStringStyle.Form]
    let isSorted: Bool
    let numbers: Int?
  }

  /// What it costs to write the text once, in passes over it; and beside that, in bytes.
  static let passes = 3
  private static let overhead = 2560

  /// A text that grows above this, and to more than so many times its length, was not written by anybody.
  private static let maximumGrowth = (size: 256 * 1024, times: 16)

  init(_ tokens: JSONTokens) {
    self.tokens = tokens
    inventory = JSONStringInventory(of: tokens)
  }

  /// What it took to take stock of the strings, in bytes hashed.
  var costToRead: Int { inventory.respellingCost(of: tokens.source.count) }

  func rewritings(_ extent: JSONRewriting.Extent) -> [JSONRewriting] {
    JSONRewriting.all(for: inventory, shape: tokens.shape, extent)
  }

  /// The ways whose text would be as long as the signed one, as far as its length is known without a pass over it.
  func rewritings(fitting length: Int) -> [JSONRewriting] {
    let layouts = JSONLayout.all.filter(\.isRegular).map { ($0, tokens.byteCount(in: $0)) }
    var seen = Set<[JSONStringStyle.Form]>()
    let styles = JSONStringStyle.writers.filter { seen.insert(inventory.forms(in: $0)).inserted }
    let fitting = styles.flatMap { style in
      let growth = inventory.growth(in: style)
      return layouts.filter { $0.1 + growth == length || $0.1 + growth + 1 == length }
        .map { JSONRewriting(style, $0.0) }
    }
    return fitting + fitting.map { JSONRewriting($0.style, $0.layout, isSorted: true) }
  }

  /// The ways that spell numbers otherwise, with the plans that they name by their places.
  func numberRewritings(size: Int, signedLength: Int?) -> ([JSONNumberPlan], [JSONRewriting]) {
    let numbers = JSONNumbers(of: tokens)
    guard !numbers.isEmpty else { return ([], []) }
    var (plans, rewritings) = ([JSONNumberPlan](), [JSONRewriting]())
    func add(_ new: [JSONNumberPlan], to base: JSONRewriting) {
      for plan in new {
        var rewriting = base
        rewriting.numbers = plans.count
        plans.append(plan)
        rewritings.append(rewriting)
      }
    }
    let bases = JSONRewriting.basesForNumbers
    if let signedLength, signedLength != size {
      for base in bases {
        let growth = signedLength - length(of: base, [])
        add(numbers.plans(growing: growth) + numbers.plans(growing: growth - 1), to: base)
      }
    }
    let usual = numbers.plans()
    for (place, base) in bases.enumerated() { add(place == 0 ? usual : Array(usual.prefix(4)), to: base) }
    return (plans, rewritings)
  }

  func length(of rewriting: JSONRewriting, _ plans: [JSONNumberPlan]) -> Int {
    let length = rewriting.layout.map { tokens.byteCount(in: $0) } ?? tokens.source.count
    let growth = rewriting.style.map { inventory.growth(in: $0) } ?? 0
    return length + growth + (rewriting.numbers.map { plans[$0].growth } ?? 0)
  }

  /// The text written so, and what it is; nil when it would be the text as it stands, or too long.
  mutating func text(
    _ rewriting: JSONRewriting, _ plans: [JSONNumberPlan], effort: inout SearchEffort
  ) -> (bytes: [UInt8], phrase: String)? {
    let plan = rewriting.numbers.map { plans[$0] }
    guard let source = source(rewriting, plan, effort: &effort) else { return nil }
    let phrase = rewriting.phrase(spelling: rewriting.style.flatMap { spelling(in: $0) }, numbers: plan?.phrase)
    guard let layout = rewriting.layout else {
      effort.spend(source.source.count * Self.passes + Self.overhead, times: 1)
      return (source.bytes(withGapsOf: tokens), phrase)
    }
    let size = source.byteCount(in: layout)
    let count = tokens.source.count
    guard size <= max(Self.maximumGrowth.size, Self.maximumGrowth.times * count) else { return nil }
    effort.spend(size * Self.passes + Self.overhead, times: 1)
    return (source.bytes(in: layout, size: size), phrase)
  }

  /// What to say of a style: of the styles that spell the text alike, the one that the least is said of.
  private mutating func spelling(in style: JSONStringStyle) -> String? {
    if let known = spellings[style] { return known }
    let forms = inventory.forms(in: style)
    let plainest = JSONStringStyle.plainest.first { inventory.forms(in: $0) == forms } ?? style
    spellings[style] = .some(plainest.phrase)
    return plainest.phrase
  }

  private mutating func source(
    _ rewriting: JSONRewriting, _ plan: JSONNumberPlan?, effort: inout SearchEffort
  ) -> JSONTokens? {
    let forms = rewriting.style.map { inventory.forms(in: $0) } ?? []
    let place = Source(forms: forms, isSorted: rewriting.isSorted, numbers: rewriting.numbers)
    if let known = respelled[place] { return known }
    var source: JSONTokens? = tokens
    if let plan {
      effort.spend(tokens.source.count, times: 2)
      source = source?.respelled(plan)
    }
    if rewriting.isSorted { source = sortedTokens(effort: &effort) }
    if let style = rewriting.style, inventory.mayChange(in: style) {
      effort.spend(inventory.respellingCost(of: tokens.source.count), times: 1)
      // Nil when no string changes, which with a layout of its own is a text all the same.
      source = source.flatMap { $0.respelled(in: style) ?? (rewriting.layout == nil && plan == nil ? nil : $0) }
    } else if rewriting.layout == nil, plan == nil {
      source = nil
    }
    respelled[place] = .some(source)
    return source
  }

  private mutating func sortedTokens(effort: inout SearchEffort) -> JSONTokens? {
    if let sorted { return sorted }
    effort.spend(tokens.source.count, times: 8)
    let made = tokens.sorted()
    sorted = .some(made)
    return made
  }
}
