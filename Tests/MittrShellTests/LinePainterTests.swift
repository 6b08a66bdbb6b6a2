import Interpreter
import LineEditor
import Testing

@testable import MittrShell
@testable import ShellCommands

@Suite("Colours of a line that is typed")
struct LinePainterTests {
  /// The pieces of a line in their styles, as the prompt paints them.
  private static func pieces(_ text: String, _ aliases: AliasTable) -> [String] {
    let context = ParsingContext(registry: .shell, mode: .interactive)
    let line = aliases.expanded(text)
    let result = Parser.parse(SourceText(name: "line", text: line), in: context)
    let spans = LinePainter.spans(
      Highlighter.highlights(result, cursor: nil), shift: line.utf8.count - text.utf8.count,
      alias: aliases.place(in: text))
    let bytes = Array(text.utf8)
    return spans.map { span in
      "\(String(decoding: bytes[span.range], as: UTF8.self)):\(span.style.parameters.map(String.init).joined(separator: ";"))"
    }
  }

  @Test(
    "An alias looks like a command, and what follows is read as behind what it stands for",
    arguments: [
      ("ll | nope", ["ll:1", "|:35", "nope:31"]), ("  ll --status failed", ["ll:1", "--status:36"]),
      ("ll", ["ll:1"]), ("llx | count", ["llx:31", "|:35", "count:1"]),
      ("ll --nope", ["ll:1", "--nope:31"]), ("é | nope", ["é:1", "|:35", "nope:31"]),
    ])
  func aliases(text: String, expected: [String]) async throws {
    var aliases = AliasTable()
    aliases["ll"] = "events list --all"
    aliases["é"] = "now"
    #expect(Self.pieces(text, aliases) == expected)
  }
}
