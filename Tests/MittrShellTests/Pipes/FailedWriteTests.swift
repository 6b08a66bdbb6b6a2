import Basics
import OrderedJSON
import TestSupport
import Testing

@Suite("A failed write is an error", .timeLimit(.minutes(3)))
struct FailedWriteTests {
  /// What takes nothing: a full disk, and a stream that is closed.
  static let targets = [">/dev/full", ">&-"]

  private func run(
    _ arguments: [String], _ redirection: String, environment: [String: String] = [:]
  ) async throws -> ShellProcess.End {
    let process = try ShellProcess(arguments, environment: environment, redirection: redirection)
    process.closeInput()
    return await process.end()
  }

  @Test(
    "on every way to standard output",
    arguments: [
      ["--help"], ["--version"], ["--manual"], ["--completions", "bash"], ["--reference"], ["-c", "help"],
      ["-c", "help print"], ["-c", "1"], ["-c", "[1, 2]"], ["-c", "print 1"], ["-c", "print 1; print --err 2"],
      ["-c", "for x in [1, 2] { print $x }"], ["-c", "[{a: 1}] | to csv"], ["-o", "json", "-c", "[1]"],
      ["-o", "table", "-c", "[{a: 1}]"], ["-c", "try { print 1 } catch e { }"],
      ["-c", "[1, 2] | each { print --err .; . }"],
    ], targets)
  func everyWay(arguments: [String], target: String) async throws {
    let end = try await run(arguments, target)
    #expect(end.status == 1)
    #expect(end.errors.contains("cannot write the output: "), "\(end.errors)")
    #expect(end.errors.ranges(of: "cannot write the output").count == 1, "\(end.errors)")
  }

  @Test("as JSON where errors are")
  func json() async throws {
    let end = try await run(["--errors", "json", "-c", "print 1"], ">/dev/full")
    #expect(end.status == 1)
    let error = try JSONValue(parsing: end.errors)
    #expect(error["error"]?["code"]?.stringValue == "output-error")
  }

  @Test("on standard error, where it is the only failure")
  func messages() async throws {
    #expect(try await run(["-c", "print --err 1"], "2>/dev/full").status == 1)
    #expect(try await run(["--check", "-c", "nope"], "2>/dev/full").status == 2)
    // Who closes it wants no messages.
    #expect(try await run(["-c", "print --err 1"], "2>&-").status == 0)
  }

  @Test("and a script that writes nothing is none")
  func nothing() async throws {
    for target in Self.targets { #expect(try await run(["-c", "let x = 1"], target).status == 0) }
  }

  @Test("but a reader that went away is not")
  func brokenPipe() async throws {
    let process = try ShellProcess(["-c", "open - | print ."])
    process.closeOutput()
    process.write("a\nb\n")
    process.closeInput()
    let end = await process.end()
    #expect(end.status == 0 && end.errors == "")
  }

  @Test("and what a bulk command has done is told all the same", arguments: targets)
  func bulk(target: String) async throws {
    let server = try RawServer(.response("200 OK", "{}"))
    let ids = (1...40).map { "evt_\($0)" }
    let end = try await run(
      ["--yes", "-c", "replay \(ids.joined(separator: " "))"], target,
      environment: ["MITTR_BASE_URL": server.url, "MITTR_API_KEY": "mtr_test"])
    #expect(end.status == 1)
    #expect(end.errors.contains("error[output-error]"))
    let done = ids.filter { id in server.requests.contains { $0.contains("/\(id)/replay ") } }
    #expect(!done.isEmpty)
    for id in done { #expect(end.errors.contains("not written: {\"id\":\"\(id)\""), "\(id)\n\(end.errors)") }
    #expect(end.errors.contains("replay: \(done.count) done"), "\(end.errors)")
  }

  @Test("while deliveries are followed")
  func deliveries() async throws {
    let process = try ShellProcess(
      ["-c", #"let r = listen 0; print --err "port \($r.port)."; deliveries --follow"#], redirection: ">/dev/full")
    var told = ""
    while !told.contains(".\n") { told += await process.nextErrors() }
    let digits = told.drop { !$0.isNumber }.prefix { $0.isNumber }
    try LoopbackRequest.post(port: try #require(Int(digits)), path: "/x", body: "{}")
    let end = await process.end()
    #expect(end.status == 1)
    #expect(end.errors.contains("error[output-error]"))
  }

  /// Whether this process may mount a file system of its own.
  private static let canMount: Bool = {
    guard
      let process = try? BuiltProgram.start(
        ["/usr/bin/unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], environment: ["PATH": "/usr/bin:/bin"],
        descriptors: [])
    else { return false }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return status == 0
  }()

  @Test("on a disk that is full in the middle of it", .enabled(if: canMount))
  func fullDisk() async throws {
    let folder = try TemporaryFolder()
    let script = """
      mount -t tmpfs -o size=16k none '\(folder.path)' && {
        "$0" -c 'open - | print .' >'\(folder.path)/out' || exit $?; }
      """
    let input = try Pipe()
    let errors = try Pipe()
    let process = try BuiltProgram.start(
      ["/usr/bin/unshare", "-m", "/bin/sh", "-c", script, BuiltProgram.path("mittr")],
      environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path],
      descriptors: [input.readEnd, errors.writeEnd, errors.writeEnd])
    input.closeReadEnd()
    errors.closeWriteEnd()
    async let told = blocking { errors.readAll() }
    await blocking { for _ in 0..<4000 { input.write(Array("a line of some length\n".utf8)) } }
    input.closeWriteEnd()
    let text = String(decoding: await told, as: UTF8.self)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    #expect(status >> 8 == 1)
    #expect(text.contains("cannot write the output: No space left on device"), "\(text)")
  }
}
