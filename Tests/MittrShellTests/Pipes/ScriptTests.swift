import Basics
import Foundation
import TestSupport
import Testing

@Suite("The shell without a terminal", .timeLimit(.minutes(2)))
struct ScriptTests {
  @Test("a script file is run with its arguments, and may have a #! line")
  func file() async throws {
    let folder = try TemporaryFolder()
    let script = folder.write("#!/usr/bin/env mittr\nprint $args.0\n$args | count\n", to: "a.mittr")
    let end = try await ShellProcess.run(script, "one", "--two")
    #expect(end.output == "one\n2\n")
    #expect(end.errors == "")
    #expect(end.status == 0)
  }

  @Test("-c runs code with arguments")
  func code() async throws {
    let end = try await ShellProcess.run("-c", "print \"\\($args.0)-\\($args.1)\"; [1, 2] | count", "a", "b")
    #expect(end.output == "a-b\n2\n")
    #expect(end.status == 0)
  }

  @Test("standard input is the script when it is no terminal", arguments: [[], ["-"]])
  func standardInput(arguments: [String]) async throws {
    let process = try ShellProcess(arguments)
    process.write("let n = [1, 2, 3]\n$n\n  | first 2\n")
    process.closeInput()
    let end = await process.end()
    #expect(end.output == "1\n2\n")
    #expect(end.errors == "")
    #expect(end.status == 0)
  }

  @Test("--check tells all mistakes and runs nothing")
  func check() async throws {
    let code = "print 1\nevents lst\nprint $nowhere\nevents list --statu failed\n"
    let wrong = try await ShellProcess.run("--check", "-c", code)
    #expect(wrong.status == 2)
    #expect(wrong.output == "")
    for mistake in [
      "error[unknown-command]: there is no command 'events lst'\n --> -c:2:1\n", " --> -c:3:7\n",
      "error[unknown-flag]: 'events list' has no flag --statu\n --> -c:4:13\n",
    ] { #expect(wrong.errors.contains(mistake)) }
    let right = try await ShellProcess.run("--check", "-c", "print 1; events list")
    #expect(right.status == 0)
    #expect(right.output == "")
    #expect(right.errors == "")
  }

  @Test("a script with a mistake anywhere does not begin")
  func mistake() async throws {
    let end = try await ShellProcess.run("-c", "print 1; nope")
    #expect(end.status == 2)
    #expect(end.output == "")
  }

  @Test("what fails while it runs ends the script with 1, and keeps what was printed before")
  func failure() async throws {
    let end = try await ShellProcess.run("-c", "print 1; 1 / 0; print 2")
    #expect(end.status == 1)
    #expect(end.output == "1\n")
    #expect(end.errors.hasPrefix("error[division-by-zero]: "))
  }

  @Test("a bulk command with failed items ends with 3: outcomes on stdout, the summary on stderr")
  func failedItems() async throws {
    let ids = #"["evt_nope", "evt_000000000000000000000001"]"#
    let end = try await ShellProcess.run("--sandbox", "-c", "\(ids) | replay | select id ok error.code")
    #expect(end.status == 3)
    #expect(
      end.lines == [
        #"{"id":"evt_nope","ok":false,"error.code":"NOT_FOUND"}"#,
        #"{"id":"evt_000000000000000000000001","ok":true,"error.code":null}"#,
      ])
    #expect(end.errors.hasPrefix("replay: 1 done, 1 failed: 1 NOT_FOUND\nerror[items-failed]: 1 item failed\n"))
  }

  @Test("exit ends it with the status given")
  func exitStatus() async throws {
    let end = try await ShellProcess.run("-c", "print 1; exit 7; print 2")
    #expect(end.status == 7)
    #expect(end.output == "1\n")
  }

  @Test("SIGINT during a request ends with 130, without an error")
  func interrupt() async throws {
    let server = try RawServer(.silence)
    let process = try ShellProcess(
      ["-c", "print 1; events list"], environment: ["MITTR_BASE_URL": server.url, "MITTR_API_KEY": "mtr_key"])
    try await blocking { Result { try server.waitForRequest() } }.get()
    process.signal(SIGINT)
    let end = await process.end()
    #expect(end.status == 130)
    #expect(end.output == "1\n")
    #expect(end.errors == "")
  }

  @Test("SIGINT while the script is still being read ends with 130")
  func interruptedReading() async throws {
    let folder = try TemporaryFolder()
    let script = folder.path + "/fifo"
    #expect(mkfifo(script, 0o600) == 0)
    let process = try ShellProcess([script])
    // Opening it for writing waits until it is open for reading.
    let writer = await blocking { open(script, O_WRONLY) }
    process.signal(SIGINT)
    let end = await process.end()
    close(writer)
    #expect(end.status == 130)
    #expect(end.output == "")
    #expect(end.errors == "")
  }

  @Test(
    "without some of its standard streams it does what it can",
    arguments: [
      ("[1] | save there.txt", "<&- >&- 2>&-", 0), ("nosuch", ">&- 2>&-", 2), ("print @-", "<&-", 0),
      ("[1] | one", ">&-", 1),
    ])
  func closedStreams(script: String, closed: String, status: Int32) throws {
    let folder = try TemporaryFolder()
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.currentDirectoryURL = URL(filePath: folder.path)
    shell.arguments = ["-c", "exec '\(try BuiltProgram.path("mittr"))' --no-config -c '\(script)' \(closed)"]
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == status)
    if script.contains("there.txt") { #expect(TemporaryFolder.read(folder.path + "/there.txt") == "1\n") }
  }

  @Test("Ctrl-C ends functions that call each other without end", .timeLimit(.minutes(1)))
  func endlessCalls() async throws {
    let script = "def f(n) { if $n < 250 { let a = (f ($n + 1)); let b = (f ($n + 1)) } }; print \"begun\"; f 0"
    let process = try ShellProcess(["--no-config", "-c", script])
    #expect(await process.nextOutput() == "begun\n")
    process.signal(SIGINT)
    #expect(await process.end().status == 130)
  }

  @Test("no error tells a secret of the environment")
  func secretsInErrors() async throws {
    let end = try await ShellProcess.run(
      "--no-config", "-c", "open $env.MITTR_API_KEY", environment: ["MITTR_API_KEY": "sk_live_SECRET"])
    #expect(end.errors.contains("cannot read …: No such file"))
    #expect(!end.errors.contains("SECRET"))
  }

  @Test("when nobody reads its output any more it ends quietly with 0")
  func brokenPipe() async throws {
    let folder = try TemporaryFolder()
    let file = folder.write(String(repeating: "{\"n\": 12345678901234567890}\n", count: 100_000), to: "big.jsonl")
    let process = try ShellProcess(["-c", "open '\(file)'"])
    #expect(await process.nextOutput().hasPrefix("{\"n\":12345678901234567890}\n"))
    process.closeOutput()
    let end = await process.end()
    #expect(end.status == 0)
    #expect(end.errors == "")
  }

  @Test("the sandbox that a script started is gone when the shell has ended, and when the shell was killed")
  func sandboxProcess() async throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/sandbox.db"
    let ended = try await ShellProcess.run(
      "--sandbox=\(file)", "-c", "events send a.b {} | get .eventType; events list --all | count")
    #expect(ended.output == "a.b\n61\n")
    #expect(ended.errors == "")
    // It would refuse to start while another sandbox has the file open.
    let killed = try ShellProcess(["--sandbox=\(file)", "-c", "events list --all | count; print @-"])
    #expect(await killed.nextOutput() == "61\n")
    killed.signal(SIGKILL)
    // The sandbox writes to the same standard error, which ends only when it has ended too.
    let end = await killed.end()
    #expect(end.status == nil)
    #expect(end.errors == "")
    #expect(try await ShellProcess.run("--sandbox=\(file)", "-c", "events list --all | count").output == "61\n")
  }
}
