import Interpreter
import ShellCommands
import Testing

@Suite("Items for other programs")
struct PipeToTests {
  @Test("A program reads an item a line as JSON, and its lines are text in the pipe")
  func lines() async {
    let programs = EchoingPrograms()
    let run = await CommandRun(
      #"[{a: 1}, "é\n", null] | pipe-to "jq ." | each { . + "!" }"#, programs: programs)
    #expect(run.lines == [#"{"a":1}!"#, #""é\n"!"#, "null!"], "\(run.errors)")
    #expect(programs.started == ["jq ."] && programs.stopped == 1)
  }

  @Test("Its status is told once its output was taken")
  func status() async {
    let run = await CommandRun("[1] | pipe-to \"x\"", programs: EchoingPrograms(status: 4))
    #expect(run.output == "1\n" && run.status == 1)
    #expect(run.errors.hasPrefix("error[program-failed]: the program ended with status 4"), "\(run.errors)")
    let missing = await CommandRun("[1] | pipe-to \"x\"", programs: EchoingPrograms(status: 127))
    #expect(missing.errors.contains("there is no such program"))
    let killed = await CommandRun("[1] | pipe-to \"x\"", programs: EchoingPrograms(status: 137))
    #expect(killed.errors.contains("was ended by a signal (9)"))
  }

  @Test("A program that reads no more, and a reader that takes no more, end it quietly")
  func ends() async {
    let few = EchoingPrograms(most: 2)
    #expect(await CommandRun("range 1 1000000 | pipe-to \"head -2\"", programs: few).output == "1\n2\n")
    let programs = EchoingPrograms()
    let run = await CommandRun("[1, 2, 3] | pipe-to \"cat\" | first 1", programs: programs)
    #expect(run.output == "1\n" && run.status == 0 && programs.stopped == 1)
    // Nothing is started before an item is asked for.
    let unused = EchoingPrograms()
    #expect(await CommandRun("[1] | pipe-to \"cat\" | first 0", programs: unused).status == 0)
    #expect(unused.started.isEmpty)
  }

  @Test("copy takes text as it is and the rest as JSON, a line an item, with nothing that a terminal would obey")
  func copy() async {
    let clipboard = MemoryClipboard()
    let run = await CommandRun(#"["a\tb\nc", {a: 1}, "\u001b[2J\r"] | copy"#, clipboard: clipboard)
    #expect(clipboard.text == "a\tb\nc\n{\"a\":1}\n\\e[2J\\r")
    #expect(run.errors == "copy: 3 items, 21 bytes\n" && run.output.isEmpty)
    _ = await CommandRun("\"evt_1\" | copy", clipboard: clipboard)
    #expect(clipboard.text == "evt_1")
  }

  @Test("More than a MiB is not copied, and not read to its end")
  func large() async {
    let clipboard = MemoryClipboard()
    let run = await CommandRun("\"xx\" | repeat 600000 | copy", clipboard: clipboard)
    #expect(run.errors.contains("error[copy-failed]: there are more than 1 MiB"), "\(run.errors)")
    #expect(clipboard.text == nil)
    #expect(await CommandRun("1 | copy").errors.contains("error[copy-failed]: there is no clipboard"))
  }
}
