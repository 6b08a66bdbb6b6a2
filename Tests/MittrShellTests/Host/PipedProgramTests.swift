import Basics
import Interpreter
import ShellCommands
import TestSupport
import Testing

@testable import MittrShell

@Suite("Programs that are fed", .timeLimit(.minutes(1)))
struct PipedProgramTests {
  private static let environment = ["PATH": "/usr/bin:/bin", "MITTR_API_KEY": "mtr_secret", "MY_TOKEN": "t"]

  /// Gives a program pieces until it wants no more, and takes what it prints.
  private func run(_ command: String, _ pieces: [[UInt8]] = []) async throws -> (output: String, status: Int32) {
    let program = try PipedProgram(command, environment: Self.environment)
    var rest = pieces[...]
    var output: [UInt8] = []
    while true {
      switch try await program.next(patience: .zero) {
      case .takesMore: if let piece = rest.popFirst() { program.give(piece) } else { program.closeInput() }
      case .output(let bytes): output += bytes
      case .end(let status):
        await program.stop()
        return (String(decoding: output, as: UTF8.self), status)
      }
    }
  }

  @Test("What it reads it can print, however much it is")
  func much() async throws {
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000)
    #expect(try await run("cat", Array(repeating: piece, count: 20)).output.utf8.count == 2_000_000)
    #expect(try await run("sort", [Array("b\n".utf8), Array("a\n".utf8)]).output == "a\nb\n")
  }

  @Test("One that reads nothing, or ends early, is no trouble; its status is known")
  func early() async throws {
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
    #expect(try await run("echo a; exec true", [piece, piece]) == ("a\n", 0))
    #expect(try await run("exit 3", [piece]).status == 3)
    #expect(try await run("nosuchprogram-at-all 2>/dev/null").status == 127)
    #expect(try await run("kill -9 $$").status == 137)
  }

  @Test("It gets no secret of the environment")
  func environment() async throws {
    let output = try await run("env").output
    #expect(!output.contains("mtr_secret") && !output.contains("MY_TOKEN"))
  }

  @Test("One that does not end is ended, and a cancelled task waits no longer")
  func stopped() async throws {
    let task = Task { () async -> Bool in
      guard let program = try? PipedProgram("exec sleep 1000", environment: Self.environment) else { return false }
      program.closeInput()
      var wasCancelled = false
      do throws(Interruption) { _ = try await program.next(patience: .zero) } catch {
        if case .cancelled = error { wasCancelled = true }
      }
      await program.stop()
      return wasCancelled
    }
    task.cancel()
    #expect(await task.value)
  }

  @Test("The whole shell: items go through a program, its status is the shell's")
  func shell() async throws {
    let sorted = try await ShellProcess.run(
      "--no-config", "-c", "[3, 1, 2] | pipe-to \"sort\" | from jsonl | each { . * 2 }")
    #expect(sorted.output == "2\n4\n6\n" && sorted.status == 0, "\(sorted.errors)")
    let failed = try await ShellProcess.run("--no-config", "-c", "[1] | pipe-to \"cat; exit 4\"")
    #expect(failed.output == "1\n" && failed.status == 1)
    let head = try await ShellProcess.run("--no-config", "-c", "range 1 1000000 | pipe-to \"head -n 1\"")
    #expect(head.output == "1\n" && head.status == 0, "\(head.errors)")
  }

  @Test("Over SSH the terminal's clipboard is meant, else a program's where there is one")
  func clipboard() throws {
    let folder = try TemporaryFolder()
    let tool = folder.write("#!/bin/sh\n", to: "xclip")
    chmod(tool, 0o755)
    let desktop = ["PATH": folder.path, "DISPLAY": ":0"]
    #expect(SystemClipboard.program(desktop) == "xclip -selection clipboard")
    #expect(SystemClipboard.program(desktop.merging(["SSH_TTY": "/dev/pts/1"]) { $1 }) == nil)
    #expect(SystemClipboard.program(["PATH": folder.path]) == nil)
    #expect(SystemClipboard.sequence("abc") == "\u{1B}]52;c;YWJj\u{7}")
    #expect(SystemClipboard.sequence(String(repeating: "x", count: 75_001)) == nil)
  }

  @Test("What is copied goes to the program's standard input")
  func copying() async throws {
    let folder = try TemporaryFolder()
    let tool = folder.write("#!/bin/sh\ncat > \(folder.path)/copied\n", to: "xclip")
    chmod(tool, 0o755)
    let clipboard = SystemClipboard(["PATH": "\(folder.path):/usr/bin:/bin", "DISPLAY": ":0"], terminal: nil)
    try await clipboard.copy(String(repeating: "é", count: 500_000))
    #expect(TemporaryFolder.read(folder.path + "/copied").count == 500_000)
  }
}
