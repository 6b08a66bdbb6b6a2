import Interpreter
import TestSupport
import Testing

@Suite("main")
struct MainTests {
  private static let script = """
    # Tells what failed.
    # Since when, and how many.
    def main(since = "2h", --limit = 100, --all, ...ids) { [$since, $limit, $all, $ids] }
    print "first"
    """

  @Test(
    "A script is called through its main with the words of the command line",
    arguments: [
      ([], #"["2h",100,false,[]]"#), (["4h", "--limit", "5"], #"["4h",5,false,[]]"#),
      (["--limit=5", "--all"], #"["2h",5,true,[]]"#), (["--all", "12"], #"["12",100,true,[]]"#),
      (["4h", "a", "7", "true"], #"["4h",100,false,["a",7,true]]"#), (["--", "--limit"], #"["--limit",100,false,[]]"#),
      (["--all=false", "-5"], #"["-5",100,false,[]]"#), (["--since", "1d"], #"["1d",100,false,[]]"#),
      (["2h", "--", "--help"], #"["2h",100,false,["--help"]]"#),
    ])
  func arguments(words: [String], expected: String) async {
    let run = await ScriptRun(Self.script, path: "report.mittr", commandLine: words)
    #expect(run.output == "first\n\(expected)\n", "\(run.errors)")
    #expect(run.status == 0)
  }

  @Test(
    "Wrong words end with 2 before anything runs",
    arguments: [
      (["--limt", "5"], "error[unknown-flag]: 'report.mittr' has no flag --limt\n  help: did you mean --limit?\n"),
      (["--limit"], "error[missing-value]: --limit needs a value\n  help: --limit VALUE\n"),
      (
        ["--limit", "many"],
        "error[bad-argument]: --limit takes a number, got 'many'\n  help: mittr report.mittr --help shows what it takes\n"
      ),
      (
        ["--all=maybe"],
        "error[bad-argument]: --all takes true or false, got 'maybe'\n  help: mittr report.mittr --help shows what it takes\n"
      ),
    ])
  func mistakes(words: [String], errors: String) async {
    let run = await ScriptRun(Self.script, path: "report.mittr", commandLine: words)
    #expect(run.errors == errors)
    #expect(run.output == "" && run.status == 2)
  }

  @Test("What is missing and what is too much is said")
  func count() async {
    let script = "def main(id) { $id }"
    let missing = await ScriptRun(script, path: "a.mittr", commandLine: [])
    #expect(missing.errors.hasPrefix("error[missing-argument]: 'a.mittr' needs id\n"), "\(missing.errors)")
    let many = await ScriptRun(script, path: "a.mittr", commandLine: ["1", "2"])
    #expect(many.errors.hasPrefix("error[unexpected-argument]") && many.status == 2, "\(many.errors)")
  }

  @Test("--help shows how a script is called, and runs nothing", arguments: ["--help", "-h"])
  func help(word: String) async {
    let run = await ScriptRun(Self.script, path: "report.mittr", commandLine: ["4h", word])
    #expect(
      run.output == """
        Tells what failed

        Usage: mittr report.mittr [SINCE] [IDS…] [flags]

        Since when, and how many.

          SINCE          a value (default: "2h")
          --limit VALUE  a value (default: 100)
          --all          off unless given
          IDS            all that is left

        """, "\(run.errors)")
    #expect(run.errors == "" && run.status == 0)
  }

  @Test(
    "A script without main, or one that calls it itself, takes its arguments as they are",
    arguments: [
      ("$args", "[\"--help\"]\n"), ("def main() { $args }\nmain", "[\"--help\"]\n"),
      ("if true { def main(a) { 1 } }\n$args.0", "--help\n"),
    ])
  func without(script: String, expected: String) async {
    let run = await ScriptRun(script, arguments: ["--help"], path: "a.mittr", commandLine: ["--help"])
    #expect(run.output == expected, "\(run.errors)")
  }

  @Test("A failure in main shows its place, and exit sets the status")
  func failures() async {
    let failed = await ScriptRun("def main(n) {\n  1 / $n\n}", path: "a.mittr", commandLine: ["0"])
    #expect(failed.errors.contains("--> a.mittr:2:5"), "\(failed.errors)")
    #expect(await ScriptRun("def main() { exit 7 }", commandLine: []).status == 7)
    #expect(await ScriptRun("def main() { nope }", commandLine: []).status == 2)
  }
}
