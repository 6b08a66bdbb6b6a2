import Testing

@testable import Basics
@testable import Interpreter

@Suite("Regular expressions")
struct PatternTests {
  /// The first match and its groups, as text; nil when there is no match.
  static func first(_ pattern: String, _ text: String) throws -> [String?]? {
    var matches = try Pattern(pattern).matches(in: text)
    let bytes = Array(text.utf8)
    return try matches.next().map { match in
      match.groups.map { range in range.map { String(decoding: bytes[$0], as: UTF8.self) } }
    }
  }

  /// All matches, as text.
  static func all(_ pattern: String, _ text: String) throws -> [String] {
    var matches = try Pattern(pattern).matches(in: text)
    let bytes = Array(text.utf8)
    var found: [String] = []
    while let match = try matches.next() { found.append(String(decoding: bytes[match.range], as: UTF8.self)) }
    return found
  }

  @Test(
    "The first match and its groups",
    arguments: [
      // Literals and classes.
      ("b", "abc", ["b"]), ("", "abc", [""]), ("", "", [""]), ("x", "abc", nil), ("a.c", "abc", ["abc"]),
      ("a.c", "a\nc", nil), ("(?s)a.c", "a\nc", ["a\nc"]), ("[a-c]+", "xxcabyy", ["cab"]), ("[^a-c]+", "abxyc", ["xy"]),
      ("[\\]]", "]", ["]"]), ("[a-]+", "-a-b", ["-a-"]), ("[-a]+", "-a", ["-a"]), ("[a^]+", "^a", ["^a"]),
      ("[\\d_]+", "ab12_3", ["12_3"]), ("[^\\d\\s]+", "1 ab2", ["ab"]), ("[\\w.-]+@", "x a.b-c@d", ["a.b-c@"]),
      ("[.*+?(){}|$]+", "a.*+?(){}|$b", [".*+?(){}|$"]), ("[a\\-z]+", "bz-a", ["z-a"]), ("[\\n\\t]", "a\tb", ["\t"]),
      ("\\d+", "a12b", ["12"]), ("\\D+", "12ab3", ["ab"]), ("\\w+", "-a_1é日-", ["a_1é日"]), ("\\W+", "ab -c", [" -"]),
      ("\\s+", "a \t\nb", [" \t\n"]), ("\\S+", " ab ", ["ab"]), ("\\d", "٣", nil), ("\\s", "\u{2003}", ["\u{2003}"]),
      ("\\.", "a.b", ["."]), ("\\\\", "a\\b", ["\\"]), ("\\/\\-\\\"\\_", "/-\"_", ["/-\"_"]),
      ("a]b}", "a]b}", ["a]b}"]),
      ("\\u{e9}", "café", ["é"]), ("[\\u{1F600}-\\u{1F64F}]", "x🙂y", ["🙂"]), ("日.", "今日は", ["日は"]),
      // Anchors and word edges.
      ("^b", "ab", nil), ("^a", "ab", ["a"]), ("b$", "ab", ["b"]), ("a$", "a\n", nil), ("^$", "", [""]),
      ("(?m)^b$", "a\nb\nc", ["b"]), ("(?m)$", "a\nb", [""]), ("\\bcat\\b", "concat cat", ["cat"]),
      ("\\Bcat", "cat concat", ["cat"]),
      ("\\b", "", nil), ("\\B", "", [""]), ("\\bé", "aé é", ["é"]), ("a^b", "a^b", nil), ("x$y|z", "x$yz", ["z"]),
      // Alternatives and repetitions: the leftmost, then the first.
      ("a|ab", "ab", ["a"]), ("ab|a", "ab", ["ab"]), ("b|a", "ab", ["a"]), ("|a", "a", [""]), ("a||b", "b", [""]),
      ("a*", "aaab", ["aaa"]), ("a*?", "aaa", [""]), ("a+?", "aaa", ["a"]), ("a??", "a", [""]), ("a?", "a", ["a"]),
      ("a{2}", "aaaa", ["aa"]), ("a{2,}", "aaaa", ["aaaa"]), ("a{2,3}", "aaaa", ["aaa"]), ("a{2,3}?", "aaaa", ["aa"]),
      ("a{2,}?", "aaaa", ["aa"]), ("a{0}b", "ab", ["b"]), ("a{0,0}", "a", [""]), ("x*", "aaa", [""]),
      ("a{3}", "aa", nil),
      ("<.+?>", "<a><b>", ["<a>"]), ("<.+>", "<a><b>", ["<a><b>"]), ("a.*c", "abcbc", ["abcbc"]),
      ("a.*?c", "abcbc", ["abc"]),
      // Groups.
      ("(a)(b)?", "ac", ["a", "a", nil]), ("(?:a|b)+", "abba", ["abba"]), ("(a|b)+", "abba", ["abba", "a"]),
      ("(?<y>\\d{4})-(?<m>\\d\\d)", "in 2026-01", ["2026-01", "2026", "01"]),
      ("((a)(b))", "ab", ["ab", "ab", "a", "b"]),
      ("(a*)(a*)", "aa", ["aa", "aa", ""]), ("(a*?)(a*)", "aa", ["aa", "", "aa"]),
      ("(a+)(b+)", "aabb", ["aabb", "aa", "bb"]),
      ("(a)|(b)", "b", ["b", nil, "b"]), ("(a*)*", "aa", ["aa", "aa"]), ("(a*)+", "b", ["", ""]),
      ("(|a)*", "aa", ["", ""]),
      ("(|a)+", "aa", ["", ""]), ("()", "a", ["", ""]), ("(a|ab)(c|bcd)(d*)", "abcd", ["abcd", "a", "bcd", ""]),
      ("(?:(a)|b)*", "ab", ["ab", "a"]), ("x(?:)y", "xy", ["xy"]),
      // Case.
      ("(?i)order", "ORDER", ["ORDER"]), ("(?i)[a-c]+", "xABCd", ["ABC"]), ("(?i)[^a]", "Ab", ["b"]),
      ("(?i)straße", "STRAßE", ["STRAßE"]),
      ("(?i)É", "é", ["é"]), ("(?i)σ", "ς", ["ς"]), ("(?i)k", "\u{212A}", ["\u{212A}"]), ("(?is)A.b", "a\nB", ["a\nB"]),
      ("É", "é", nil),
      // Scalars, not what they look like.
      ("é", "e\u{301}", nil), (".", "e\u{301}", ["e"]), ("^..$", "🇫🇷", ["🇫🇷"]), ("🚀+", "a🚀🚀b", ["🚀🚀"]),
      ("[🚀é]", "né", ["é"]),
    ] as [(String, String, [String?]?)])
  func first(pattern: String, text: String, expected: [String?]?) throws {
    #expect(try Self.first(pattern, text) == expected)
    #expect(try Pattern(pattern).matches(text) == (expected != nil))
  }

  @Test(
    "All matches, and where empty ones stand",
    arguments: [
      ("x*", "axb", ["", "x", ""]), ("", "é🚀", ["", "", ""]), ("a*", "baac", ["", "aa", ""]),
      ("\\d+", "1 22 333", ["1", "22", "333"]),
      ("^", "ab", [""]), ("$", "ab", [""]), ("(?m)^.", "ab\ncd", ["a", "c"]), ("\\b", "ab cd", ["", "", "", ""]),
      ("aa", "aaaaa", ["aa", "aa"]),
      ("^a", "aaa", ["a"]), ("|a", "a", ["", ""]), ("z", "", []),
    ] as [(String, String, [String])])
  func all(pattern: String, text: String, expected: [String]) throws {
    #expect(try Self.all(pattern, text) == expected)
  }

  @Test(
    "What is no pattern is an error that says what is wrong and where",
    arguments: [
      ("(a", 1, "never closed"), ("a)", 2, "closes no group"), ("[a", 1, "never closed"),
      ("a[]b]", 2, "class is empty"),
      ("[^]", 1, "class is empty"), ("*a", 1, "nothing to repeat"), ("a|*", 3, "nothing to repeat"),
      ("(+)", 2, "nothing to repeat"),
      ("a**", 3, "cannot be repeated"), ("a++", 3, "cannot be repeated"), ("a{2}{3}", 5, "cannot be repeated"),
      ("^*", 1, "cannot be repeated"),
      ("\\b+", 1, "cannot be repeated"), ("a{", 2, "a count is written"), ("a{,3}", 2, "a count is written"),
      ("a{x}", 2, "a count is written"),
      ("{", 1, "nothing to repeat"), ("a{3,2}", 2, "wrong way round"), ("a{1001}", 3, "at most 1000"),
      ("a{99999999999999999999999}", 3, "at most 1000"), ("[z-a]", 2, "wrong way round"),
      ("[a-\\d]", 4, "a range goes"), ("[\\d-z]", 4, "a range goes"),
      ("[[:alpha:]]", 2, "named classes"), ("[\\b]", 2, "mean nothing in a class"), ("a\\", 2, "at the end"),
      ("[\\", 2, "at the end"),
      ("\\q", 1, "means nothing"), ("a\\1", 2, "back-references"), ("(a)\\k<a>", 4, "back-references"),
      ("(?=a)", 1, "look-around"),
      ("(?!a)", 1, "look-around"), ("(?<=a)", 1, "look-around"), ("(?<!a)", 1, "look-around"),
      ("(?>a)", 1, "a group starts with"),
      ("(?P<a>b)", 1, "a group starts with"), ("a(?i)", 2, "a group starts with"), ("(?x)a", 3, "the flags are"),
      ("(?i:a)", 4, "the flags are"),
      ("(?<1a>b)", 6, "a group's name"), ("(?<>b)", 4, "a group's name"), ("(?<a", 5, "a group's name"),
      ("(?<a>b)(?<a>c)", 8, "two groups 'a'"),
      ("\\u{110000}", 1, "by its number"), ("\\u{d800}", 1, "by its number"), ("\\u00e9", 1, "by its number"),
      ("\\u{}", 1, "by its number"),
      ("\\x41", 1, "by its number"), ("\\p{L}", 1, "not supported"), ("日本(", 3, "never closed"),
    ])
  func errors(pattern: String, character: Int, reason: String) {
    let error = #expect(throws: PatternError.self) { try Pattern(pattern) }
    #expect(error?.offset == character - 1)
    #expect(error?.reason.contains(reason) ?? false, "\(error?.reason ?? "")")
  }

  @Test("Patterns too large are refused, in no time")
  func bounds() {
    let hostile = [
      String(repeating: "(", count: 100_000), String(repeating: "(", count: 101) + String(repeating: ")", count: 101),
      "((a{1000}){1000}){1000}", String(repeating: "(", count: 60) + String(repeating: "){1000}", count: 60),
      String(repeating: "a?", count: 9_000), String(repeating: "a", count: 20_001),
      String(repeating: "a|", count: 9_000),
      "(?:" + String(repeating: "|", count: 9_000) + ")", String(repeating: "[a", count: 5_000),
      String(repeating: "(a)", count: 101), "(?i)" + String(repeating: "é", count: 9_000),
    ]
    for pattern in hostile { #expect(throws: PatternError.self) { try Pattern(pattern) } }
    let deep = String(repeating: "(", count: 100) + "a" + String(repeating: ")", count: 100)
    #expect(throws: Never.self) { try Pattern(deep).matches("a") }
  }

  @Test(
    "Patterns that make others explode end soon",
    arguments: [
      "(a+)+$", "(a|a)*b", "(.*)*x", "(a{1,8}){1,8}x", "^(a?){50}a{50}$", "(a*)*(a*)*(a*)*b", "(x+x+)+y", "(.|\\s)*!",
      "(?i)(a|b|ab)*c",
    ])
  func hostile(pattern: String) throws {
    let text = String(repeating: "a", count: 50_000) + "?"
    #expect(try !Pattern(pattern).matches(text))
  }

  @Test("Nested counts match as much as they can")
  func nestedCounts() throws {
    var matches = try Pattern("(a{1,30}){1,30}").matches(in: String(repeating: "a", count: 50_000))
    #expect(try matches.next()?.groups == [0..<900, 870..<900])
  }

  @Test("Work on one text is bounded: many searches that each go to its end")
  func work() throws {
    let text = String(repeating: "a", count: 2_000)
    var matches = PatternMatches(PatternMatcher(try Pattern("a.*x|a").program, text, work: 1))
    #expect(throws: MatchingStopped.self) { while try matches.next() != nil {} }
  }

  @Test("A script learns that a text is too long for its pattern")
  func tooMuchWork() async {
    await PatternWork.$maximum.withValue(1000) {
      for script in ["'\(String(repeating: "a", count: 2000))' =~ '(a|b)*c'", "['aaaa'] | where . =~ 'a'"] {
        let run = await ScriptRun(script)
        let isLong = script.count > 1000
        #expect(run.errors.contains("error[too-much-work]: the text is too long") == isLong, "\(run.errors)")
        #expect(run.status == (isLong ? 1 : 0))
      }
    }
  }

  @Test("A long match ends when its task is cancelled, as cancelled")
  func cancellation() async {
    let text = String(repeating: "a", count: 400_000)
    for script in [
      "$t =~ '(a|b)*c'", "$t | replace '(a|b)*c' x --regex", "$t | parse --regex '(?<x>a|b)*c'",
      "[1] | where $t =~ '(a|b)*c'",
    ] {
      let status = await Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return await ScriptRun("let t = @t; \(script)", files: ["t": text]).status
      }.value
      #expect(status == 130, "\(script)")
    }
  }

  @Test("Whatever bytes a pattern is made of, it is compiled or refused")
  func random() {
    var random = SplitMix(seed: 7)
    let alphabet = Array("ab(){}[]|*+?.^$\\-,:<>=!ismdwu0123é🚀\n".unicodeScalars)
    var compiled = 0
    for _ in 0..<20_000 {
      var pattern = ""
      for _ in 0..<random.below(14) { pattern.unicodeScalars.append(alphabet[random.below(alphabet.count)]) }
      if let pattern = try? Pattern(pattern) {
        compiled += 1
        _ = try? pattern.matches("ab\né🚀a1 ")
      }
    }
    #expect(compiled > 1_000)
  }

  @Test("Simple patterns match what Swift's engine matches, groups included")
  func differential() throws {
    var random = SplitMix(seed: 11)
    for _ in 0..<3_000 {
      let pattern = Self.randomPattern(&random, depth: 3)
      let ours = try Pattern(pattern)
      let theirs = try Regex(pattern).matchingSemantics(.unicodeScalar)
      for _ in 0..<4 {
        let text = String((0..<random.below(9)).map { _ in "abc \n"[random.below(5)] })
        var matches = ours.matches(in: text)
        let found = try matches.next()
        let expected = text.firstMatch(of: theirs)
        #expect(
          found.map { text.utf8Text($0.range) } == expected.map { String(text[$0.range]) },
          "/\(pattern)/ in \(text.debugDescription)")
        if let found, let expected {
          #expect(
            found.range.lowerBound == text.utf8.distance(from: text.startIndex, to: expected.range.lowerBound),
            "/\(pattern)/ in \(text.debugDescription)")
          for index in 1..<max(1, expected.output.count) {
            #expect(
              found.groups[index].map { text.utf8Text($0) } == expected.output[index].substring.map { String($0) },
              "group \(index) of /\(pattern)/ in \(text.debugDescription)")
          }
        }
      }
    }
  }

  /// Without repetitions of what can match nothing, which engines treat in different ways.
  private static func randomPattern(_ random: inout SplitMix, depth: Int) -> String {
    var pattern = ""
    for _ in 0...random.below(3) {
      switch random.below(depth > 0 ? 12 : 8) {
      case 0: pattern += "^"
      case 1: pattern += "$"
      case 2, 3: pattern += ["a", "b", "c", "[ab]", "[^a]", ".", "\\w", "\\s"][random.below(8)]
      case 4, 5, 6, 7:
        pattern += ["a", "b", "c", "[a-c]", "[^b]", "."][random.below(6)]
        pattern += ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{1,}?"][random.below(9)]
      case 8, 9: pattern += "(" + randomPattern(&random, depth: depth - 1) + ")"
      default:
        pattern += "(?:" + randomPattern(&random, depth: depth - 1) + "|" + randomPattern(&random, depth: 0) + ")"
      }
    }
    return pattern
  }
}

extension String {
  fileprivate func utf8Text(_ range: Range<Int>) -> String { String(decoding: Array(utf8)[range], as: UTF8.self) }

  fileprivate subscript(_ offset: Int) -> Character { self[index(startIndex, offsetBy: offset)] }
}

/// Random numbers that are the same each time.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, bound)))
  }
}
