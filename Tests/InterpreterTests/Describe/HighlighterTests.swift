import TestSupport
import Testing

@testable import Interpreter

@Suite("What a text is made of, for colours")
struct HighlighterTests {
  private static let registry = CommandRegistry(Command.general)

  private static func highlights(_ text: String, cursor: Int? = nil) -> [Highlight] {
    let context = ParsingContext(registry: registry, variables: ["x"], mode: .interactive)
    return Highlighter.highlights(Parser.parse(SourceText(name: "line", text: text), in: context), cursor: cursor)
  }

  /// Each piece and its kind.
  private static func pieces(_ text: String, cursor: Int? = nil) -> [String] {
    highlights(text, cursor: cursor).map { highlight in
      "\(highlight.kind):" + String(decoding: Array(text.utf8)[highlight.range], as: UTF8.self)
    }
  }

  @Test(
    "each piece is told as the line is run",
    arguments: [
      (#"print "a" 'b' # c"#, ["command:print", "string:\"a\"", "string:'b'", "comment:# c"]),
      ("print --err $x", ["command:print", "flag:--err", "variable:$x"]),
      ("[1, true] | first 2", ["number:1", "sign:|", "command:first", "number:2"]),
      (
        "[1] | where .a == 1 and not .b",
        ["number:1", "sign:|", "command:where", "sign:==", "number:1", "sign:and", "sign:not"]
      ),
      ("let y = 5", ["keyword:let", "sign:=", "number:5"]),
      (
        "if $x { print 1 } else { print 2 }",
        ["keyword:if", "variable:$x", "command:print", "number:1", "keyword:else", "command:print", "number:2"]
      ),
      (
        "for a in [1] { print $a }",
        ["keyword:for", "keyword:in", "number:1", "command:print", "variable:$a"]
      ),
      ("print https://x.y/1?a=2", ["command:print"]),
      (
        #"print "n \($x + 1)""#, ["command:print", "string:\"n \\", "variable:$x", "sign:+", "number:1", "string:\""]
      ),
      ("prnt 1", ["mistake:prnt", "number:1"]),
      ("print --nope 1", ["command:print", "mistake:--nope", "number:1"]),
      ("print $nope", ["command:print", "mistake:$nope"]),
      ("print (1", ["command:print", "unclosed:(", "number:1"]),
      ("print \"a", ["command:print", "unclosed:\"", "string:a"]),
      ("", []), (")", ["mistake:)"]),
    ])
  func pieces(text: String, pieces: [String]) {
    #expect(Self.pieces(text) == pieces)
  }

  @Test("the bracket at the cursor and its partner are told, the one before the cursor first")
  func brackets() {
    #expect(
      Self.pieces("print ([1])", cursor: 11).filter { $0.hasPrefix("matching") } == [
        "matchingBracket:(", "matchingBracket:)",
      ])
    #expect(
      Self.pieces("print ([1])", cursor: 10).filter { $0.hasPrefix("matching") } == [
        "matchingBracket:[", "matchingBracket:]",
      ])
    #expect(Self.pieces("print ([1])", cursor: 3).filter { $0.hasPrefix("matching") }.isEmpty)
  }

  @Test("whatever the text, the pieces lie in it, in order, and do not overlap", arguments: 1...200)
  func anyText(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let parts = [
      "print ", "where ", ".a ", "== ", "\"", "'", "(", ")", "{", "}", "[", "]", "$x", "$", "# ", "\n", "|", "--all ",
      "1",
      "\\(", "é日", "\u{0}", "if ", "else ", "for a in ", "try ", "catch e ", "let y = ", "not ", "@", "…", ";", ", ",
      "a: ",
    ]
    let text = (0..<Int.random(in: 0...30, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
      .joined()
    let highlights = Self.highlights(text, cursor: Int.random(in: 0...text.utf8.count, using: &random))
    var end = 0
    for highlight in highlights {
      #expect(highlight.range.lowerBound >= end && !highlight.range.isEmpty)
      end = highlight.range.upperBound
    }
    #expect(end <= text.utf8.count)
  }
}
