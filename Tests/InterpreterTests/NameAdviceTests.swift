import Interpreter
import OrderedJSON
import Testing

/// What is said of names that mean something else than was meant, and of the file that a text stands in.
@Suite("Names and places")
struct NameAdviceTests {
  @Test(
    "A name that was bound in a block before is known to have been",
    arguments: [
      ("if true { let x = 1 } else { let x = 2 }; $x", "x was bound in the block that ended in line 1"),
      ("for n in [1] {\n  $n\n}\n$n", "n was bound in the block that ended in line 3"),
      ("def f(first) { $first }\n\nprint $first", "first was bound in the block that ended in line 1"),
      ("try { 1 } catch err {\n 2 }\n$err", "err was bound in the block that ended in line 2"),
      ("$never", "bind it with: let never = …"),
    ])
  func ended(script: String, help: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors.contains("error[unknown-variable]") && run.errors.contains(help), "\(run.errors)")
    #expect(run.status == 2)
  }

  @Test(
    "A let in a loop that hides a variable which is read behind the loop is warned about",
    arguments: [
      ("let total = 0; for n in [1, 2] { let total = $total + $n }; $total", true),
      ("let t = 0\nfor a in [1] { for b in [1] { if true { let t = 1 } } }\nprint \"\\($t)\"", true),
      ("let t = 0; for n in [1] { let t = 1; $t }", false), ("let t = 0; for n in [1] { set t = 1 }; $t", false),
      ("for n in [1] { let t = 1 }; let t = 2; $t", false),
      ("let t = 0; for n in [1] { let t = 1 }; let t = 3; $t", false),
      ("let t = 0; for n in [1] { let t = 1 }; set t = 3; $t", false), ("let t = 1; if true { let t = 2 }; $t", false),
      ("let t = 0; for n in [1] { def f() { let t = 1; $t }; f }; $t", false),
      ("for a in [1] { let t = 0; for b in [1] { let t = 1 }; $t }", true),
    ])
  func shadowed(script: String, isWarned: Bool) async {
    let run = await ScriptRun(script)
    #expect(run.errors.hasPrefix("warning[shadowed-variable]") == isWarned, "\(run.errors)")
    #expect(isWarned || run.errors == "")
    #expect(!isWarned || run.errors.contains("= … changes the one outside"))
    #expect(run.status == 0)
  }

  @Test("source is relative to the file that says it, and $script tells a file's own place")
  func places() async {
    let files = [
      "tools/lib/a.mittr": "source ../more/b.mittr\ndef place() { \"\\($script.path) \\($script.folder)\" }",
      "tools/lib/../more/b.mittr": "def deep() { $script.path }", "/abs.mittr": "def far() { 1 }",
      "c.mittr": "def near() { $script.folder }",
    ]
    let script =
      "source lib/a.mittr\nsource /abs.mittr\n$script; place; deep; far\nlet f = \"./lib/a.mittr\"; source $f"
    let run = await ScriptRun(script, files: files, path: "tools/main.mittr")
    #expect(
      run.output == """
        {"path":"tools/main.mittr","folder":"tools"}
        tools/lib/a.mittr tools/lib
        tools/lib/../more/b.mittr
        1

        """, "\(run.errors)")
    #expect(run.status == 0)
    let typed = await ScriptRun("source c.mittr; near; $script.path", files: files)
    #expect(typed.output == ".\nnull\n", "\(typed.errors)")
    let bound = await ScriptRun("let script = 5; $script", path: "a.mittr")
    #expect(bound.output == "5\n")
    let missing = await ScriptRun("source none.mittr", path: "tools/main.mittr")
    #expect(missing.errors.contains("tools/none.mittr"), "\(missing.errors)")
  }

  @Test("A line that starts with a pipe goes on with the statement before, typed or in a script")
  func pipes() {
    for mode in [ParsingContext.Mode.script, .interactive] {
      let context = ParsingContext(registry: CommandRegistry(Command.general), mode: mode)
      for text in ["[1, 2]\n  | where . > 1\n\n# comment\n  | count", "let x = [1]\n| first 1\n$x"] {
        let result = Parser.parse(SourceText(name: "", text: text), in: context)
        #expect(result.diagnostics.isEmpty && !result.isIncomplete, "\(result.diagnostics)")
      }
    }
  }
}
