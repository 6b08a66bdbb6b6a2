import Basics
import Foundation
import Interpreter
import TestSupport
import Testing

@testable import MittrShell

@Suite("Writing files")
struct FileWriterTests {
  private let folder: TemporaryFolder
  private let files = HostFiles()

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  private func code(_ body: () throws -> Void) -> String? {
    #expect(throws: Failure.self) { try body() }?.code.rawValue
  }

  @Test("Nothing is to be seen of a file before it is whole, and then nothing beside it")
  func atOnce() throws {
    let writer = try files.create(path("f.txt"), .create)
    try writer.write(Array("one".utf8))
    #expect(!names.contains("f.txt"))
    try writer.write(Array(" two".utf8))
    try writer.commit()
    #expect(names == ["f.txt"])
    #expect(TemporaryFolder.read(path("f.txt")) == "one two")
  }

  @Test("What is given up leaves nothing, and what it should replace stays", arguments: [true, false])
  func discarded(isLetGo: Bool) throws {
    let file = folder.write("kept", to: "f.txt")
    for mode in [WritingMode.replace, .create] {
      let name = mode == .replace ? file : path("new.txt")
      let writer = try files.create(name, mode)
      try writer.write([1])
      if !isLetGo { writer.discard() }
    }
    #expect(names == ["f.txt"])
    #expect(TemporaryFolder.read(file) == "kept")
  }

  @Test("A file that is there is refused; one that comes up meanwhile, too, and it stays")
  func refused() throws {
    let file = folder.write("kept", to: "f.txt")
    #expect(code { _ = try files.create(file, .create) } == "file-exists")
    let writer = try files.create(path("g.txt"), .create)
    try writer.write([1])
    _ = folder.write("somebody else's", to: "g.txt")
    #expect(code { try writer.commit() } == "file-exists")
    #expect(TemporaryFolder.read(path("g.txt")) == "somebody else's")
    #expect(names == ["f.txt", "g.txt"])
  }

  @Test(
    "Permissions: a replaced file keeps its own, a new one has what the mask allows",
    arguments: [0o600, 0o640, 0o755] as [mode_t])
  func permissions(mode: mode_t) throws {
    let file = folder.write("old", to: "f.txt", mode: mode)
    let writer = try files.create(file, .replace)
    try writer.write(Array("new".utf8))
    try writer.commit()
    #expect(TemporaryFolder.mode(of: file) == mode)
    #expect(TemporaryFolder.read(file) == "new")
    try files.create(path("g.txt"), .create).commit()
    let plain = open(path("h.txt"), O_CREAT | O_WRONLY, 0o666)
    close(plain)
    #expect(TemporaryFolder.mode(of: path("g.txt")) == TemporaryFolder.mode(of: path("h.txt")))
  }

  @Test("A link goes on pointing to the file, which is replaced where it lies; one that leads nowhere is refused")
  func links() throws {
    let file = folder.write("old", to: "f.txt")
    symlink("f.txt", path("link"))
    #expect(code { _ = try files.create(path("link"), .create) } == "file-exists")
    let writer = try files.create(path("link"), .replace)
    try writer.write(Array("new".utf8))
    try writer.commit()
    #expect(TemporaryFolder.read(file) == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("link")) == "f.txt")
    symlink("nowhere", path("dangling"))
    for mode in [WritingMode.create, .replace, .append] {
      #expect(code { _ = try files.create(path("dangling"), mode) } == "file-error")
    }
    #expect(names == ["dangling", "f.txt", "link"])
  }

  @Test("Appending makes the file, says whether it has content, and ends a line that was cut off")
  func append() throws {
    for (text, hasContent) in [("one\n", false), ("two", true), ("three\n", true)] {
      let writer = try files.create(path("f.txt"), .append)
      #expect(writer.hasContent == hasContent)
      try writer.write(Array(text.utf8))
      try writer.commit()
    }
    #expect(TemporaryFolder.read(path("f.txt")) == "one\ntwo\nthree\n")
  }

  @Test("Folders, missing folders, devices and terminals are told apart")
  func places() throws {
    #expect(code { _ = try files.create(folder.path, .create) } == "file-error")
    #expect(code { _ = try files.create(folder.path, .replace) } == "file-error")
    #expect(code { _ = try files.create(path("none/f.txt"), .create) } == "file-error")
    #expect(code { _ = try files.create("", .create) } == "file-error")
    let null = try files.create("/dev/null", .create)
    try null.write([1])
    try null.commit()
    #expect(names == [])
  }

  #if os(Linux)
    @Test("A full disk is an error that names the file")
    func fullDisk() throws {
      let writer = try files.create("/dev/full", .create)
      let failure = #expect(throws: Failure.self) { try writer.write([1]) }
      #expect(failure?.message.hasPrefix("cannot write /dev/full: ") == true)
    }
  #endif

  @Test("A file may be appended to itself: it is read as far as it reached when it was opened")
  func ontoItself() async throws {
    let file = folder.write("1\n2\n3\n", to: "f.jsonl")
    let end = try await ShellProcess.run(
      "--no-config", "-c", "open \(file) | save \(file) --append; open \(file) | count")
    #expect(end.output == "6\n")
    #expect(end.errors == "")
    let filtered = try await ShellProcess.run("--no-config", "-c", "open \(file) | where . > 1 | save \(file) --force")
    #expect(filtered.status == 0)
    #expect(TemporaryFolder.read(file) == "2\n3\n2\n3\n")
    #expect(names == ["f.jsonl"])
  }

  @Test("A named pipe is written to once somebody reads from it", .timeLimit(.minutes(1)))
  func intoAPipe() async throws {
    mkfifo(path("pipe"), 0o600)
    let process = try ShellProcess(["--no-config", "-c", "print \"begun\"; [7, 8] | save \(path("pipe"))"])
    #expect(await process.nextOutput() == "begun\n")
    let text = await blocking { [path = path("pipe")] in TemporaryFolder.read(path) }
    #expect(text == "7\n8\n")
    #expect(await process.end().status == 0)
    let waiting = try ShellProcess(["--no-config", "-c", "print \"begun\"; [7, 8] | save \(path("pipe"))"])
    #expect(await waiting.nextOutput() == "begun\n")
    waiting.signal(SIGINT)
    #expect(await waiting.end().status == 130)
  }

  @Test("A name that is empty, or that the system would cut short, is refused", arguments: ["", "a\0b"])
  func badName(name: String) {
    #expect(code { _ = try files.create(name, .create) } == "file-error")
    #expect(code { _ = try files.read(name) } == "file-error")
    #expect(code { _ = try files.open(name) } == "file-error")
    #expect(names == [])
  }

  @Test("~/ is the home folder")
  func home() async throws {
    let end = try await ShellProcess.run(
      "--no-config", "-c", "[1] | save ~/f.json; open ~/f.json; print $env.HOME; @~/f.json | from json",
      environment: ["HOME": folder.path])
    #expect(end.output == "1\n\(folder.path)\n[1]\n", "\(end.errors)")
    #expect(names == ["f.json"])
  }

  @Test("Ctrl-C while a file is written leaves nothing", .timeLimit(.minutes(1)))
  func interrupted() async throws {
    let process = try ShellProcess([
      "--no-config", "-c", "[1, 2] | each { print \"begun\"; sleep 1h; . } | save \(path("f.txt"))",
    ])
    #expect(await process.nextOutput() == "begun\n")
    #expect(names.count == 1)
    process.signal(SIGINT)
    #expect(await process.end().status == 130)
    #expect(names == [])
  }

  @Test("Ctrl-C ends the waiting for a pipe that nobody writes to", .timeLimit(.minutes(1)))
  func waitingForAPipe() async throws {
    mkfifo(path("pipe"), 0o600)
    for script in ["open \(path("pipe"))", "@\(path("pipe")) | from json"] {
      let process = try ShellProcess(["--no-config", "-c", "print \"begun\"; \(script); print \"never\""])
      #expect(await process.nextOutput() == "begun\n")
      process.signal(SIGINT)
      let end = await process.end()
      #expect(end.status == 130)
      #expect(end.output == "")
    }
  }

  @Test("Records come from a pipe as they are written, and standard input is -", .timeLimit(.minutes(1)))
  func pipes() async throws {
    mkfifo(path("pipe"), 0o600)
    let process = try ShellProcess(["--no-config", "-c", "open \(path("pipe")) --as jsonl | each { print .n }"])
    let writer = await blocking { [path = path("pipe")] in open(path, O_WRONLY) }
    write(writer, "{\"n\": 1}\n", 9)
    #expect(await process.nextOutput() == "1\n")
    write(writer, "{\"n\": 2}\n", 9)
    close(writer)
    #expect(await process.end().output == "2\n")
    let input = try await ShellProcess.run(
      "--no-config", "-c", "open - --as csv | get b", input: "a,b\r\n1,2\r\n3,4\r\n")
    #expect(input.output == "2\n4\n")
    #expect(input.status == 0)
  }
}
