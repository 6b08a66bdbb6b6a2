import Interpreter
import TestSupport
import Testing

@Suite("Test runs")
struct TestRunnerTests {
  private struct Run {
    var tap = ""
    var printed = ""
    var errors = ""
    var report = TestReport()
    var sessions = 0
    var ended = 0
  }

  /// A clock that does not go.
  private static let clock = SessionClock(uptime: { .zero }, sleep: { _ in throw CancellationError() })

  private static func run(_ files: [(name: String, text: String)]) async -> Run {
    let (tap, output, errors) = (MemorySink(), MemorySink(), MemorySink())
    var run = Run()
    let runner = TestRunner(output: tap, clock: clock) { _ in
      let files = MemoryFiles(files: ["lib.mittr": Array("def triple(n) { $n * 3 }".utf8)], standardInput: [])
      let host = StreamHost(output: output, errors: errors, files: files, clock: clock, now: { 0 })
      run.sessions += 1
      return TestRunner.TestSession(
        Session(registry: CommandRegistry(Command.general), host: host), end: { run.ended += 1 })
    }
    run.report = await runner.run(files.map { SourceText(name: $0.name, path: $0.name, text: $0.text) })
    run.tap = tap.text
    run.printed = output.text
    run.errors = errors.text
    return run
  }

  private static let script = """
    source lib.mittr
    let n = 1
    test "passes" { set n = $n + 1; assert (triple $n) == 6; print "here" }
    test "is alone" { assert $n == 1 }
    test "fails #1 \\\\ <&>" {
      assert (triple 2) == 7
    }
    test 'throws' { throw "busy" --code BUSY }
    def unused() { 1 }
    """

  @Test("Each test runs in a session of its own, and is told as TAP")
  func tap() async {
    let run = await Self.run([("a.mittr", Self.script)])
    #expect(
      run.tap == ##"""
        TAP version 14
        1..4
        ok 1 - passes
        ok 2 - is alone
        not ok 3 - fails \#1 \\ <&>
          ---
          message: "this does not hold: left 6, right 7"
          code: "assertion-failed"
          file: "a.mittr"
          line: 6
          ...
        not ok 4 - throws
          ---
          message: "busy"
          code: "BUSY"
          file: "a.mittr"
          line: 8
          ...

        """##)
    #expect(run.printed == "here\n")
    #expect(run.errors.contains("error[assertion-failed]") && run.errors.contains("error[BUSY]: busy"))
    #expect(run.report.failures == 2 && run.report.exitStatus == 1)
    #expect(run.sessions == 5 && run.ended == 5)
  }

  @Test("The report for JUnit has a suite for each file")
  func junit() async {
    let run = await Self.run([("a.mittr", Self.script), ("b.mittr", "test \"b\" { 1 }")])
    #expect(
      run.report.junit == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="mittr" tests="5" failures="2" errors="0" time="0.000">
          <testsuite name="a.mittr" tests="4" failures="2" errors="0" time="0.000">
            <testcase classname="a.mittr" name="passes" time="0.000"/>
            <testcase classname="a.mittr" name="is alone" time="0.000"/>
            <testcase classname="a.mittr" name="fails #1 \\ &lt;&amp;&gt;" time="0.000">
              <failure type="assertion-failed" message="this does not hold: left 6, right 7">a.mittr:6</failure>
            </testcase>
            <testcase classname="a.mittr" name="throws" time="0.000">
              <failure type="BUSY" message="busy">a.mittr:8</failure>
            </testcase>
          </testsuite>
          <testsuite name="b.mittr" tests="1" failures="0" errors="0" time="0.000">
            <testcase classname="b.mittr" name="b" time="0.000"/>
          </testsuite>
        </testsuites>

        """)
  }

  @Test("A file with errors fails as a whole, and the others run")
  func faulty() async {
    let run = await Self.run([("bad.mittr", "test \"x\" { nope }"), ("b.mittr", "test \"b\" { 1 }")])
    #expect(run.tap.hasPrefix("TAP version 14\n1..2\nnot ok 1 - bad.mittr\n"), "\(run.tap)")
    #expect(run.tap.contains("code: \"unknown-command\"\n") && run.tap.hasSuffix("ok 2 - b\n"), "\(run.tap)")
    #expect(run.report.exitStatus == 2)
  }

  @Test("Without tests nothing fails; a file that fails or exits before its tests does")
  func edges() async {
    let none = await Self.run([("a.mittr", "1")])
    #expect(none.tap == "TAP version 14\n1..0 # SKIP there is no test\n" && none.report.exitStatus == 0)
    let early = await Self.run([("a.mittr", "1 / 0\ntest \"a\" { 1 }"), ("b.mittr", "exit 0\ntest \"b\" { 1 }")])
    #expect(early.report.results.map { $0.reason?.code } == ["division-by-zero", "assertion-failed"])
    let exits = await Self.run([("a.mittr", "test \"a\" { exit }\ntest \"b\" { exit 3 }\ndef main(x) { 1 }")])
    #expect(exits.report.results.map { $0.reason?.message } == [nil, "the test ended with exit 3"])
  }

  @Test("Ctrl-C ends the run")
  func interrupted() async {
    let run = await Self.run([("a.mittr", "test \"a\" { 1 }\ntest \"b\" { sleep 1s }\ntest \"c\" { 1 }")])
    #expect(run.tap == "TAP version 14\n1..3\nok 1 - a\nBail out! interrupted\n")
    #expect(run.report.isInterrupted && run.report.exitStatus == 130 && run.ended == 3)
  }

  @Test("Outside of a test run a test is checked and does nothing")
  func elsewhere() async {
    #expect(await ScriptRun("test \"a\" { print 1 }; 2").output == "2\n")
    #expect(await ScriptRun("test \"a\" { nope }").status == 2)
    #expect(await ScriptRun("if true { test \"a\" { 1 } }").errors.hasPrefix("error[misplaced-test]"))
    #expect(await ScriptRun("test \"a\\(1)\" { 1 }").errors.hasPrefix("error[bad-name]"))
  }
}
