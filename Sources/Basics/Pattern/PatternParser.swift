/// Reads a pattern. What it does not know is an error, never taken for something else.
struct PatternParser {
  /// The longest pattern, in Unicode scalars.
  static let maximumLength = 10_000
  /// The deepest nesting of groups.
  static let maximumDepth = 100
  /// The most groups that are captured: each thread of a match notes where they are.
  static let maximumGroups = 100
  /// The largest number in `{…}`.
  static let maximumCount = 1000

  private typealias Node = PatternTree.Node

  let scalars: [Unicode.Scalar]
  var position = 0
  private var depth = 0
  private var sets: [ScalarSet] = []
  private var groupNames: [String?] = [nil]
  var ignoresCase = false
  private var dotTakesLineFeeds = false
  private var anchorsAreOfLines = false

  static func parse(_ pattern: String) throws(PatternError) -> PatternTree {
    var parser = PatternParser(scalars: Array(pattern.unicodeScalars.prefix(maximumLength + 1)))
    guard parser.scalars.count <= maximumLength else {
      throw PatternError(reason: "it is longer than \(maximumLength) characters", offset: nil)
    }
    try parser.flags()
    let root = try parser.choice()
    guard parser.next == nil else { throw parser.error("this ) closes no group; a literal one is \\)") }
    return PatternTree(root: root, sets: parser.sets, groupNames: parser.groupNames)
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  func error(_ reason: String, at offset: Int? = nil) -> PatternError {
    PatternError(reason: reason, offset: offset ?? position)
  }

  /// Moves on when exactly this text follows.
  mutating func skip(_ text: String) -> Bool {
    let wanted = text.unicodeScalars
    guard scalars[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  /// `(?i)`, `(?sm)` and the like at the start.
  private mutating func flags() throws(PatternError) {
    while position + 2 < scalars.count, scalars[position...].starts(with: "(?".unicodeScalars),
      scalars[position + 2].properties.isLowercase
    {
      position += 2
      while !skip(")") {
        switch next {
        case "i": ignoresCase = true
        case "s": dotTakesLineFeeds = true
        case "m": anchorsAreOfLines = true
        default: throw error("the flags are i, s and m, as in (?i)")
        }
        position += 1
      }
    }
  }

  private mutating func choice() throws(PatternError) -> Node {
    var branches = [try sequence()]
    while skip("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(PatternError) -> Node {
    var nodes: [Node] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      let start = position
      let node = try atom()
      nodes.append(try repetition(of: node, from: start))
    }
    return nodes.isEmpty ? .empty : nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func atom() throws(PatternError) -> Node {
    let start = position
    switch next {
    case "(": return try group()
    case "[": return set(try bracket())
    case "*", "+", "?", "{":
      throw error("there is nothing to repeat; a literal \(scalars[position]) is \\\(scalars[position])")
    case "\\":
      switch try escape() {
      case .scalar(let scalar): return literal(scalar)
      case .kind(let kind, let isNegated): return set(ScalarSet([], kinds: [(kind, isNegated)]))
      case .assertion(let assertion): return .assertion(assertion)
      }
    default: break
    }
    position = start + 1
    switch scalars[start] {
    case ".": return set(ScalarSet(dotTakesLineFeeds ? [] : [0x0A...0x0A], isNegated: true))
    case "^": return .assertion(anchorsAreOfLines ? .lineStart : .textStart)
    case "$": return .assertion(anchorsAreOfLines ? .lineEnd : .textEnd)
    case let scalar: return literal(scalar)
    }
  }

  private mutating func literal(_ scalar: Unicode.Scalar) -> Node {
    guard ignoresCase, ScalarSet.cases(of: scalar).count > 1 else { return .scalar(scalar.value) }
    return set(ScalarSet(ignoringCaseOf: scalar))
  }

  private mutating func set(_ set: ScalarSet) -> Node {
    sets.append(set)
    return .set(sets.count - 1)
  }

  private mutating func group() throws(PatternError) -> Node {
    let start = position
    position += 1
    var number: Int?
    if skip("?") {
      if !skip(":") {
        let name = try groupName(from: start)
        guard !groupNames.contains(name) else { throw error("there are two groups '\(name)'", at: start) }
        number = groupNames.count
        groupNames.append(name)
      }
    } else {
      number = groupNames.count
      groupNames.append(nil)
    }
    guard groupNames.count <= Self.maximumGroups + 1 else {
      throw error("there are more than \(Self.maximumGroups) groups; (?:…) is not counted", at: start)
    }
    depth += 1
    guard depth <= Self.maximumDepth else { throw error("groups nest more than \(Self.maximumDepth) deep", at: start) }
    let inner = try choice()
    depth -= 1
    guard skip(")") else { throw error("this group is never closed; a literal ( is \\(", at: start) }
    return number.map { .group(inner, number: $0) } ?? inner
  }

  private mutating func groupName(from start: Int) throws(PatternError) -> String {
    if skip("=") || skip("!") || skip("<=") || skip("<!") {
      throw error("look-around is not supported: it cannot be matched in linear time", at: start)
    }
    guard skip("<") else {
      throw error(
        "a group starts with (, (?: or (?<name>; flags such as (?i) stand at the very start", at: start)
    }
    var name = ""
    while let scalar = next, scalar.isASCII, ScalarSet.isWord(scalar) {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard let first = name.utf8.first, !isDigit(first), skip(">") else {
      throw error("a group's name has letters, digits and _, as in (?<name>…)")
    }
    return name
  }

  /// `*`, `+`, `?`, `{2,5}` behind a node, or nothing.
  private mutating func repetition(of node: Node, from start: Int) throws(PatternError) -> Node {
    guard let (minimum, maximum) = try count() else { return node }
    if case .assertion = node { throw error("what is between two characters cannot be repeated", at: start) }
    let isLazy = skip("?")
    if let scalar = next, scalar == "*" || scalar == "+" || scalar == "?" || scalar == "{" {
      throw error("a repetition cannot be repeated; put it in (?:…)")
    }
    return .repetition(node, minimum: minimum, maximum: maximum, isLazy: isLazy)
  }

  private mutating func count() throws(PatternError) -> (Int, Int?)? {
    if skip("*") { return (0, nil) }
    if skip("+") { return (1, nil) }
    if skip("?") { return (0, 1) }
    let start = position
    guard skip("{") else { return nil }
    let minimum = try number()
    var maximum = minimum
    if skip(",") { maximum = next == "}" ? nil : try number() }
    guard let minimum, skip("}") else {
      throw error("a count is written {2}, {2,} or {2,5}; a literal { is \\{", at: start)
    }
    if let maximum, maximum < minimum {
      throw error("{\(minimum),\(maximum)} has its bounds the wrong way round", at: start)
    }
    return (minimum, maximum)
  }

  /// Nil when there is no digit.
  private mutating func number() throws(PatternError) -> Int? {
    let start = position
    var number: Int?
    while let digit = next, ("0"..."9").contains(digit) {
      let value = (number ?? 0) * 10 + Int(digit.value - 0x30)
      guard value <= Self.maximumCount else { throw error("a count is at most \(Self.maximumCount)", at: start) }
      number = value
      position += 1
    }
    return number
  }
}
