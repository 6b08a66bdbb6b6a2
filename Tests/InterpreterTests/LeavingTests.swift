import Interpreter
import OrderedJSON
import Synchronization
import Testing

/// `break`, `continue`, `finally`, `throw` and `retry`: what leaves a block before its end.
@Suite("Leaving")
struct LeavingTests {
  @Test(
    "break ends the loop around it, continue its round",
    arguments: [
      ("for x in [1, 2, 3] { if $x == 2 { break }; $x }", "1\n"),
      ("for x in [1, 2, 3] { if $x == 2 { continue }; $x }", "1\n3\n"),
      ("for a in [1, 2] { for b in [1, 2, 3] { if $b == 2 { break }; \"\\($a)\\($b)\" } }", "11\n21\n"),
      ("for a in [1, 2] { for b in [1, 2] { if $b == 2 { continue }; $b }; $a }", "1\n1\n1\n2\n"),
      ("for x in [1, 2] { [1, 2, 3] | each { if . == 2 { break }; . }; \"never\" }; 9", "1\n9\n"),
      ("for x in [1, 2] { [1, 2, 3] | each { if . == 2 { continue }; . }; \"never\" }; 9", "1\n1\n9\n"),
      ("for x in [1, 2] { try { break } catch { 5 } }; 9", "9\n"),
      ("for x in [1, 2] { try { if $x == 1 { continue }; $x } finally { print \"f\" } }", "f\nf\n2\n"),
      ("let l = for x in [1, 2, 3] { if $x == 3 { break }; $x }; $l", "[1,2]\n"),
      ("for x in [1, 2, 3] { let y = if $x == 2 { break } else { $x }; $y }", "1\n"),
      ("def f() { for x in [1, 2] { if $x == 2 { break }; $x }; 7 }\nfor y in [1, 2] { f }", "1\n7\n1\n7\n"),
      // What was given to another function's loop ends the loop that it stands in.
      (
        "def inner() { for x in $in { $x * 10 }; \"never\" }\n"
          + "for y in [1, 2] { [1, 2] | each { if . == 2 { break }; . } | inner }; 9", "10\n9\n"
      ),
      ("for x in [1, 2, 3] { if $x > 1 { break }; set x = 5; $x }", "5\n"),
    ])
  func loops(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == expected, "\(run.errors)")
    #expect(run.errors == "" && run.status == 0)
  }

  @Test("A loop that is left pulls nothing more of what it goes over, and closes it")
  func laziness() async {
    let probe = Probe()
    let run = await ScriptRun("for x in (numbers) { if $x == 2 { break }; $x }", extra: [probe.command])
    #expect(run.output == "1\n")
    #expect(probe.pulled == 2 && probe.closed == 1)
  }

  @Test(
    "break and continue stand in loops alone",
    arguments: [
      "break", "continue", "if true { break }", "[1] | each { break }", "for x in [1] { def f() { break }; f }",
      "for x in [1 / (if true { break })] { 1 }", "for x in [1] { 1 }; continue", "test \"a\" { break }",
    ])
  func misplaced(script: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors.hasPrefix("error[misplaced-break]"), "\(run.errors)")
    #expect(run.status == 2)
  }

  @Test(
    "The new words are not reserved",
    arguments: [
      ("let break = 1; let test = 2; let finally = 3; $break + $test + $finally", "6\n"),
      ("print break continue finally test throw retry", "break continue finally test throw retry\n"),
      ("[{test: 1, retry: 2}] | select test retry", "{\"test\":1,\"retry\":2}\n"), ("{break: 1}.break", "1\n"),
      ("def test(x) { $x }\ntest \"a\"", "a\n"), ("def break() { 5 }\nfor x in [1] { break }", "5\n"),
      ("let throw = 1; let retry = 2; $throw + $retry", "3\n"), ("for test in [1] { $test }", "1\n"),
    ])
  func words(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == expected, "\(run.errors)")
    #expect(run.status == 0)
  }

  // MARK: finally

  @Test(
    "finally runs once, however its try ends",
    arguments: [
      ("try { 1 } finally { print \"f\"; 2 }", "f\n1\n", 0), ("try { 1 / 0 } finally { print \"f\" }; 2", "f\n2\n", 0),
      ("try { 1; 2 } finally { print \"f\" }", "1\n2\nf\n", 0),
      ("try { 1 / 0 } catch { 5 } finally { print \"f\" }", "f\n5\n", 0),
      ("try { 1 / 0 } catch { 2 / 0 } finally { print \"f\" }", "f\n", 1),
      ("try { [1, 0] | each { 6 / . } } catch { \"c\" } finally { print \"f\" }", "6\nc\nf\n", 0),
      ("def f() { try { return 1 } finally { print \"f\" } }\nf", "f\n1\n", 0),
      ("def f() { try { [1, 2] | each { return . } } finally { print \"f\" } }\nf", "f\n1\n", 0),
      ("try { exit 4 } finally { print \"f\" }", "f\n", 4),
      ("let x = try { [1, 2, 3] | each { . } } finally { print \"f\" } | first 1\n$x", "f\n[1]\n", 0),
      ("try { 1 } finally { 2 / 0 }", "", 1), ("try\n{ 1 }\nfinally\n{ print 2 }", "2\n1\n", 0),
      (
        "try { try { 1 / 0 } catch e { throw $e } finally { print \"in\" } } catch e { $e.code } finally { print \"out\" }",
        "in\nout\ndivision-by-zero\n", 0
      ),
    ] as [(String, String, Int32)])
  func finally(script: String, expected: String, status: Int32) async {
    let run = await ScriptRun(script)
    #expect(run.output == expected, "\(run.errors)")
    #expect(run.status == status)
  }

  /// A clock whose waiting is interrupted as Ctrl-C does it.
  private static let interrupted = SessionClock(sleep: { _ in
    withUnsafeCurrentTask { $0?.cancel() }
    throw CancellationError()
  })

  @Test("finally runs to its end after Ctrl-C, functions and all")
  func cancelled() async {
    let script =
      "def f() { for x in ([1, 2] | each { . }) { print $x } }\ntry { sleep 1s } finally { f; print \"done\" }"
    let run = await Task { await ScriptRun(script, clock: Self.interrupted) }.value
    #expect(run.output == "1\n2\ndone\n", "\(run.errors)")
    #expect(run.status == 130)
  }

  // MARK: throw

  @Test(
    "throw fails with a message, a code and details",
    arguments: [
      ("throw \"too few\"", "{\"code\":\"thrown\",\"message\":\"too few\"}\n"),
      (
        "throw \"n=\\(1 + 1)\" --code TOO_FEW --details {want: 5}",
        "{\"code\":\"TOO_FEW\",\"message\":\"n=2\",\"details\":{\"want\":5}}\n"
      ),
      (
        "throw {code: \"A\", message: \"b\", status: 503, item: {id: 1}}",
        "{\"code\":\"A\",\"message\":\"b\",\"status\":503,\"item\":{\"id\":1}}\n"
      ),
      (
        "try { throw a --code B --details 1 } catch e { throw $e --code C }",
        "{\"code\":\"C\",\"message\":\"a\",\"details\":1}\n"
      ),
    ])
  func throwing(script: String, expected: String) async {
    let run = await ScriptRun("try { \(script) } catch err { $err }")
    #expect(run.output == expected, "\(run.errors)")
  }

  @Test(
    "What cannot be thrown is an error of its own",
    arguments: [
      ("throw", "missing-argument", 2), ("throw null", "bad-argument", 1), ("throw {a: 1}", "bad-argument", 1),
      ("throw a --code \"b c\"", "bad-argument", 1), ("throw a --code \"\"", "bad-argument", 1),
      ("throw a --cod B", "unknown-flag", 2), ("throw a", "thrown", 1),
      ("throw a --code unknown-flag", "unknown-flag", 2),
    ] as [(String, String, Int32)])
  func wrongThrow(script: String, code: String, status: Int32) async {
    let run = await ScriptRun(script)
    #expect(run.errors.hasPrefix("error[\(code)]"), "\(run.errors)")
    #expect(run.status == status)
  }

  // MARK: retry

  @Test("retry runs its block again, waits by the session's clock, and tells of each failed run")
  func retries() async {
    let waits = Mutex<[Duration]>([])
    let clock = SessionClock(sleep: { duration in waits.withLock { $0.append(duration) } })
    let script =
      "let n = 0\nretry --times 4 --delay 250ms { set n = $n + 1; $n; if $n < 3 { throw \"busy\" }; \"end\" }"
    let run = await ScriptRun(script, clock: clock)
    #expect(run.output == "3\nend\n")
    #expect(
      run.errors == """
        retry: run 1 of 4 failed: busy (thrown); the next one in 0.25 s
        retry: run 2 of 4 failed: busy (thrown); the next one in 0.25 s

        """)
    #expect(waits.withLock { $0 } == [.milliseconds(250), .milliseconds(250)])
    #expect(run.status == 0)
  }

  @Test("The last failure is that of retry; return, break and exit are none")
  func lastFailure() async {
    let clock = SessionClock(sleep: { _ in })
    let failed = await ScriptRun("retry --times 2 { throw \"busy\" --code BUSY }", clock: clock)
    #expect(failed.errors.contains("run 2 of 2 failed: busy (BUSY)\nerror[BUSY]: busy\n"), "\(failed.errors)")
    #expect(failed.status == 1)
    let script = "def f() { retry { return 1 } }\nf\nfor x in [1, 2] { retry { break } }\nretry { exit 5 }"
    let left = await ScriptRun(script, clock: clock)
    #expect(left.output == "1\n" && left.errors == "" && left.status == 5)
  }

  @Test("In a block for each item the item is there in retry, too")
  func item() async {
    let run = await ScriptRun("[1, 2] | each { retry { . * 2 } } | count\nlet l = retry { [3, 4] | each { . } }; $l")
    #expect(run.output == "2\n[3,4]\n", "\(run.errors)")
  }

  @Test("Ctrl-C ends the waiting at once")
  func interruptedRetry() async {
    let run = await Task { await ScriptRun("retry --times 5 { throw \"busy\" }", clock: Self.interrupted) }.value
    #expect(run.status == 130)
    #expect(run.errors == "retry: run 1 of 5 failed: busy (thrown); the next one in 1 s\n")
  }

  @Test(
    "retry is held to its bounds",
    arguments: [
      "retry --times 0 { 1 }", "retry --times 1001 { 1 }", "retry --delay soon { 1 }", "retry", "retry --time 2 { 1 }",
    ])
  func wrongRetry(script: String) async {
    #expect(await ScriptRun(script).status == 2)
  }

  // MARK: assert

  @Test(
    "A failed assert of a comparison shows both sides, each computed once",
    arguments: [
      ("assert 1 + 1 == 3", "this does not hold: left 2, right 3"),
      ("assert 1 > 2 \"order\"", "order: left 1, right 2"),
      ("assert \"a\" in [\"b\"]", "this does not hold: left \"a\", right [\"b\"]"),
      ("assert false", "this does not hold"),
      ("assert ([1] | count) == 2", "this does not hold: left 1, right 2"),
      ("assert \"abc\" =~ \"^b\" \"no\"", "no: left \"abc\", right \"^b\""),
    ])
  func assertions(script: String, message: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors.hasPrefix("error[assertion-failed]: \(message)\n"), "\(run.errors)")
    let once = await ScriptRun("def f() { print \"once\"; 1 }\ntry { assert (f) == 2 } catch e { $e.details }")
    #expect(once.output == "once\n{\"left\":1,\"right\":2}\n")
  }
}
