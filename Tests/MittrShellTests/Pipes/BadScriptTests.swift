import TestSupport
import Testing

@Suite("Scripts that cannot be run", .timeLimit(.minutes(2)))
struct BadScriptTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("a missing file is named, with exit status 2")
  func missing() async throws {
    let end = try await ShellProcess.run(folder.path + "/none.mittr")
    #expect(end.errors == "mittr: cannot read \(folder.path)/none.mittr: No such file or directory\n")
    #expect(end.output == "")
    #expect(end.status == 2)
  }

  @Test("a directory is no script")
  func directory() async throws {
    let end = try await ShellProcess.run(folder.path)
    #expect(end.errors == "mittr: \(folder.path) is a directory\n")
    #expect(end.output == "")
    #expect(end.status == 2)
  }

  @Test(
    "a binary file is no script, and none of it reaches the terminal raw", arguments: ["\0\u{1B}[31m", "print 1\0"])
  func binary(contents: String) async throws {
    let script = folder.write(contents, to: "binary")
    let end = try await ShellProcess.run(script)
    #expect(end.errors.hasPrefix("error[not-text]: this is not a script: "))
    #expect(!end.errors.utf8.contains { $0 < 0x20 && $0 != UInt8(ascii: "\n") })
    #expect(end.output == "")
    #expect(end.status == 2)
  }

  @Test(
    "an empty script, and one of comments alone, does nothing and succeeds", arguments: ["", "\n\n", "# nothing\n"])
  func empty(contents: String) async throws {
    let end = try await ShellProcess.run(folder.write(contents, to: "empty.mittr"))
    #expect(end.errors == "")
    #expect(end.output == "")
    #expect(end.status == 0)
  }

  @Test("a script of 50 MB is too large")
  func huge() async throws {
    let line = "# " + String(repeating: "x", count: 997) + "\n"
    let script = folder.write(String(repeating: line, count: 50_000), to: "huge.mittr")
    let end = try await ShellProcess.run(script)
    #expect(
      end.errors.hasPrefix("error[script-too-large]: the script is 47 MiB long; at most 32 MiB are read\n"))
    #expect(end.errors.utf8.count < 1000)
    #expect(end.output == "")
    #expect(end.status == 2)
  }
}
