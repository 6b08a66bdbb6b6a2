import Interpreter
import Synchronization
import TestSupport
import Testing

@Suite("Commands of the shell itself")
struct ShellCommandTests {
  @Test("The history is what the host kept; a script has none")
  func history() async {
    let lines = MemoryHistory(["events list", "history"])
    let run = await ScriptRun("history; history clear; history | count") { $0[LineHistoryKey.self] = lines }
    #expect(run.output == "events list\nhistory\n0\n")
    #expect(lines.lines == [])
    #expect(await ScriptRun("history clear; history | count").output == "0\n")
  }

  @Test("An earlier line is edited, not the one that says so")
  func edit() async {
    let lines = MemoryHistory(["events list", "now", "history edit 2"])
    #expect(await ScriptRun("history edit 2") { $0[LineHistoryKey.self] = lines }.status == 0)
    #expect(lines.edited == "events list")
    let tooFar = await ScriptRun("history edit 3") { $0[LineHistoryKey.self] = lines }
    #expect(tooFar.errors.hasPrefix("error[bad-argument]: the history goes 2 lines back"))
    #expect(await ScriptRun("history edit").errors.hasPrefix("error[no-history]"))
  }

  @Test("Only a screen is cleared")
  func clear() async {
    #expect(await ScriptRun("clear").output == "")
    #expect(
      await ScriptRun("clear", rendering: RenderingOptions(isTerminal: true)).output == "\u{1B}[H\u{1B}[2J\u{1B}[3J")
  }

  @Test("The way results are shown changes for what follows, also from within a block")
  func setOutput() async {
    let run = await ScriptRun("[1] | where true; if true { set-output json }; [1] | where true")
    #expect(run.output == "1\n[\n  1\n]\n")
  }

  @Test("time tells how long it took until the last item was taken, and passes everything on")
  func time() async {
    func run(_ script: String) async -> ScriptRun {
      let uptime = Mutex(Duration.zero)
      return await ScriptRun(
        script,
        clock: SessionClock(
          uptime: { uptime.withLock { $0 } }, sleep: { duration in uptime.withLock { $0 += duration } }))
    }
    let stream = await run("time { [1, 2] | each { sleep 1.5s; . } } | each { . * 2 }")
    #expect(stream.output == "2\n4\n")
    #expect(stream.errors == "time: 3.000 s\n")
    let value = await run("let x = time { sleep 61s; 7 }; $x")
    #expect(value.output == "7\n")
    #expect(value.errors == "time: 61.000 s\n")
    let early = await run("time { [1, 2, 3] | each { sleep 1ms; . } } | first 1")
    #expect(early.errors == "time: 0.001 s\n")
    let failing = await run("time { sleep 1s; [1] | each { 1 / 0 } }")
    #expect(failing.errors.hasPrefix("time: 1.000 s\nerror[division-by-zero]"))
    #expect(await run("for n in [1] { time { . ?? $n } }").status == 1)
  }

  @Test("A sleep ends when it is cancelled")
  func cancelledSleep() async {
    let (started, start) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      await ScriptRun(
        "sleep 100d; print \"never\"",
        clock: SessionClock(sleep: { duration in
          start.finish()
          try await SessionClock.systemSleep(duration)
        })
      ).status
    }
    for await _ in started {}
    task.cancel()
    #expect(await task.value == 130)
  }

  @Test("A note goes to the error stream, escaped, and as JSON where errors are")
  func notes() async {
    let run = await ScriptRun("print --err \"a\\u001bb\" 1; [1, 2] | print --err")
    #expect(run.output == "")
    #expect(run.errors == "a\\eb 1\n1\n2\n")
    let json = await ScriptRun("print --err \"a\"") { $0.options.reportsJSON = true }
    #expect(json.errors == "{\"print\":{\"message\":\"a\"}}\n")
  }
}
