import Interpreter
import LineEditor
import TestSupport
import Testing

@testable import MittrShell
@testable import ShellCommands

@Suite("Colours of a line that is typed")
struct LinePainterTests {
  private static let context = ParsingContext(registry: .shell, mode: .interactive)

  /// The pieces of a line in their styles, as the prompt paints them.
  private static func pieces(_ text: String, _ aliases: AliasTable) -> [String] {
    let bytes = Array(text.utf8)
    return LinePainter.spans(of: text, with: aliases, in: context, cursor: nil).map { span in
      let style = span.style.parameters.map(String.init).joined(separator: ";")
      return "\(String(decoding: bytes[span.range], as: UTF8.self)):\(style)"
    }
  }

  @Test(
    "An alias looks like a command, and what follows is read as behind what it stands for",
    arguments: [
      ("ll | nope", ["ll:1", "|:35", "nope:31"]), ("  ll --status failed", ["ll:1", "--status:36"]),
      ("ll", ["ll:1"]), ("llx | count", ["llx:31", "|:35", "count:1"]),
      ("ll --nope", ["ll:1", "--nope:31"]), ("é | nope", ["é:1", "|:35", "nope:31"]),
    ])
  func aliases(text: String, expected: [String]) {
    var aliases = AliasTable()
    aliases["ll"] = "events list --all"
    aliases["é"] = "now"
    #expect(Self.pieces(text, aliases) == expected)
  }

  @Test("Whatever an alias stands for, the rest of the line looks as behind it, and no colour is outside of the line")
  func made() {
    var chance = SplitMix64(seed: 16)
    let starts = [
      "events list", "now", "  [1, (2", "", "print \"a", "let x = ", "é", "count | first", "# no", "ll", "nope",
    ]
    let ends = [
      "", " | count", " --all", " | nope", "; now", ")", " ]) | first 1", "\" é", " é | \u{1F44D}", " # )", "=1",
    ]
    for _ in 0..<600 {
      var aliases = AliasTable()
      let name = ["ll", "x", "a-very-long-name-of-an-alias", "é"].randomElement(using: &chance) ?? "ll"
      let meaning = starts.randomElement(using: &chance) ?? ""
      aliases[name] = meaning
      let rest = (ends.randomElement(using: &chance) ?? "") + (ends.randomElement(using: &chance) ?? "")
      let text = name + rest
      let cursor = Int.random(in: 0...text.utf8.count, using: &chance)
      let spans = LinePainter.spans(of: text, with: aliases, in: Self.context, cursor: cursor)
      for span in spans { #expect(0 <= span.range.lowerBound && span.range.upperBound <= text.utf8.count, "\(text)") }
      // An alias that stands for its own name, or is none in this place, is not taken.
      guard aliases.place(in: text) != nil else { continue }
      let line = aliases.expanded(text)
      let written = LinePainter.spans(
        of: line, with: AliasTable(), in: Self.context, cursor: cursor + line.utf8.count - text.utf8.count)
      let front = line.utf8.count - rest.utf8.count
      let behind = written.filter { $0.range.lowerBound >= front }.map {
        "\($0.range.lowerBound - front)…\($0.range.upperBound - front) \($0.style)"
      }
      let painted = spans.dropFirst().map {
        "\($0.range.lowerBound - name.utf8.count)…\($0.range.upperBound - name.utf8.count) \($0.style)"
      }
      #expect(painted == behind, "\(name) = \(meaning): \(text)")
    }
  }
}
