/// Words that mean the contrary of each other. A suggestion never leads from the one to the other.
enum Opposites {
  /// Whether the contrary of a candidate is at least as near to what was typed as the candidate is.
  ///
  /// - Parameters:
  ///   - candidate: a name as it is written, whose parts are told apart by hyphens, spaces and capitals.
  ///   - typed: the small letters of what was typed.
  static func ruleOut(_ candidate: String, for typed: [Character]) -> Bool {
    let letters = Array(candidate.lowercased())
    guard letters != typed else { return false }
    let distance = Suggestion.editDistance(typed, letters)
    let parts = parts(of: candidate)
    for (index, part) in parts.enumerated() {
      for contrary in contraries[String(part.text)] ?? [] {
        let swapped = letters[..<part.start] + Array(contrary) + letters[(part.start + part.text.count)...]
        if Suggestion.editDistance(typed, Array(swapped)) <= distance { return true }
      }
      guard index == 0 else { continue }
      for negation in negations {
        if typed.starts(with: negation), Suggestion.editDistance(typed, negation + letters) < distance { return true }
        if letters.starts(with: negation), letters.count > negation.count + 1,
          Suggestion.editDistance(typed, Array(letters.dropFirst(negation.count))) < distance
        {
          return true
        }
      }
    }
    return false
  }

  /// The parts of a name in small letters, and where each begins.
  private static func parts(of name: String) -> [(start: Int, text: String)] {
    var parts: [(start: Int, text: String)] = []
    var isInside = false
    for (index, letter) in name.enumerated() {
      guard letter.isLetter else {
        isInside = false
        continue
      }
      if isInside, !letter.isUppercase, let last = parts.indices.last {
        parts[last].text += letter.lowercased()
      } else {
        parts.append((index, letter.lowercased()))
      }
      isInside = true
    }
    return parts
  }

  private static let negations = ["no-", "no", "not-", "non-", "un", "in", "dis"].map { Array($0) }

  private static let contraries: [String: [String]] = {
    var contraries: [String: [String]] = [:]
    for (one, other) in pairs {
      contraries[one, default: []].append(other)
      contraries[other, default: []].append(one)
    }
    return contraries
  }()

  private static let pairs = [
    ("add", "remove"), ("after", "before"), ("allow", "deny"), ("and", "or"), ("any", "all"), ("all", "none"),
    ("asc", "desc"), ("ascending", "descending"), ("attach", "detach"), ("begin", "end"), ("ceil", "floor"),
    ("create", "delete"), ("decode", "encode"), ("decrement", "increment"), ("dead", "delivered"),
    ("disable", "enable"), ("disabled", "enabled"), ("down", "up"), ("even", "odd"), ("exclude", "include"),
    ("excluded", "included"), ("encoded", "decoded"), ("ignore", "include"), ("ignored", "included"),
    ("excluding", "including"), ("export", "import"), ("failed", "delivered"), ("false", "true"), ("first", "last"),
    ("from", "to"), ("get", "delete"), ("get", "set"), ("greater", "less"), ("gt", "lt"), ("gte", "lte"),
    ("ge", "le"), ("head", "tail"), ("hide", "show"), ("high", "low"), ("inner", "outer"), ("input", "output"),
    ("in", "out"), ("join", "split"), ("keys", "values"), ("key", "value"), ("left", "right"), ("less", "more"),
    ("list", "delete"), ("load", "save"), ("lock", "unlock"), ("lower", "upper"), ("lowercase", "uppercase"),
    ("max", "min"), ("maximum", "minimum"), ("new", "old"), ("newer", "older"), ("newest", "oldest"), ("off", "on"),
    ("open", "close"), ("open", "closed"), ("post", "pre"), ("pop", "push"), ("prev", "next"), ("previous", "next"),
    ("read", "write"), ("reject", "select"), ("sign", "verify"), ("since", "until"), ("skip", "first"),
    ("starts", "ends"), ("start", "end"), ("start", "stop"), ("subscribe", "unsubscribe"), ("with", "without"),
    ("yes", "no"),
  ]
}
