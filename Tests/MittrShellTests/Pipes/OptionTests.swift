import OrderedJSON
import TestSupport
import Testing

@Suite("The shell's options", .timeLimit(.minutes(2)))
struct OptionTests {
  @Test(
    "-o says how results are written",
    arguments: [
      ("auto", "{\"a\":1,\"b\":\"x,y\"}\n{\"a\":2,\"b\":null}\n"),
      ("lines", "{\"a\":1,\"b\":\"x,y\"}\n{\"a\":2,\"b\":null}\n"),
      ("jsonl", "{\"a\":1,\"b\":\"x,y\"}\n{\"a\":2,\"b\":null}\n"),
      ("json", "[\n  {\n    \"a\": 1,\n    \"b\": \"x,y\"\n  },\n  {\n    \"a\": 2,\n    \"b\": null\n  }\n]\n"),
      ("csv", "a,b\r\n1,\"x,y\"\r\n2,\r\n"),
      ("table", "a  b\n1  x,y\n2  null\n"),
    ])
  func output(mode: String, text: String) async throws {
    let end = try await ShellProcess.run(
      "-o", mode, "-c", #"[{a: 1, b: "x,y"}, {a: 2, b: null}] | first 2"#)
    #expect(end.output == text)
    #expect(end.errors == "")
    #expect(end.status == 0)
  }

  @Test("--timeout bounds a request, and takes a time from 1ms to 1h")
  func timeout() async throws {
    let server = try RawServer(.silence)
    let end = try await ShellProcess.run(
      "--base-url", server.url, "--timeout", "200ms", "-c", "events replay evt_1",
      environment: ["MITTR_API_KEY": "mtr_test"])
    #expect(end.errors.contains("error[OUTCOME_UNKNOWN]"))
    #expect(end.status == 1)
    for time in ["0", "2h", "soon", "-1s"] {
      let end = try await ShellProcess.run("--timeout", time, "-c", "1")
      #expect(end.errors.hasPrefix("mittr: "))
      #expect(end.errors.contains("--timeout"))
      #expect(end.output == "")
      #expect(end.status == 2)
    }
  }

  @Test("--var binds text, as often as it is given")
  func variables() async throws {
    let end = try await ShellProcess.run("--var", "a=1", "--var", "b=x=y", "-c", "print $a; print $b; $a == \"1\"")
    #expect(end.output == "1\nx=y\ntrue\n")
    #expect(end.status == 0)
  }

  @Test(
    "colours are written when --color says always, and never without a terminal otherwise",
    arguments: [
      (["--color", "always"], [:], true),
      (["--color", "always"], ["NO_COLOR": "1"], true),
      (["--color", "never"], ["TERM": "xterm"], false),
      (["--color", "auto"], ["TERM": "xterm"], false),
      ([], ["TERM": "xterm"], false),
      ([], ["NO_COLOR": "1"], false),
    ] as [([String], [String: String], Bool)])
  func colours(options: [String], environment: [String: String], isColoured: Bool) async throws {
    let process = try ShellProcess(options + ["-c", "nope"], environment: environment)
    process.closeInput()
    let end = await process.end()
    #expect(end.errors.contains("\u{1B}[") == isColoured)
    #expect(end.status == 2)
  }

  @Test("--errors json writes each error as one JSON text a line, with its code")
  func errorsAsJSON() async throws {
    for (code, codes, status) in [
      ("nope; events lst", ["unknown-command", "unknown-command"], 2 as Int32), ("1 / 0", ["division-by-zero"], 1),
      ("events list", ["no-api-key"], 1),
    ] {
      let end = try await ShellProcess.run("--errors", "json", "-c", code)
      let errors = try end.errors.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
      #expect(errors.map { $0["error"]?["code"]?.stringValue } == codes)
      #expect(errors.allSatisfy { $0["error"]?["line"]?.intValue == 1 && $0["error"]?["column"]?.intValue != nil })
      #expect(end.output == "")
      #expect(end.status == status)
    }
  }

  @Test(
    "all words behind CODE and SCRIPT are the script's, whatever they look like",
    arguments: [
      ["--base-url=http://127.0.0.1:1"], ["--sandbox=x", "--sandbox"], ["--help"], ["-h", "--version"], ["-c", "1"],
      ["--", "a"], ["a", "--yes"], ["--check"], ["--manual", "--bogus", ""], ["-o", "json"],
    ])
  func scriptArguments(words: [String]) async throws {
    let folder = try TemporaryFolder()
    let script = folder.write("$args | to json", to: "script.mittr")
    let expected = JSONWriter.compact.string(.array(words.map { .string($0) }))
    for start in [["-o", "lines", "-c", "$args | to json"], ["--no-config", script]] {
      let process = try ShellProcess(start + words)
      process.closeInput()
      let end = await process.end()
      #expect(end.status == 0 && end.errors == "", "\(end.errors)")
      let printed = try JSONValue(parsing: end.output)
      #expect(JSONWriter.compact.string(printed) == expected)
    }
  }

  @Test("an option that is wrong is quoted without secrets and controls")
  func hostileOption() async throws {
    for option in ["--bogus\u{1B}[2J\u{202E}", "--api-key=mtr_hidden", "--secret=hidden1", "--output=\u{9B}x"] {
      let end = try await ShellProcess.run(option)
      #expect(end.status == 2)
      #expect(!end.errors.contains("\u{1B}") && !end.errors.contains("\u{202E}") && !end.errors.contains("\u{9B}"))
      #expect(!end.errors.contains("hidden"), "\(end.errors)")
    }
  }

  @Test("--dry-run tells which requests would be sent, and sends none that changes anything")
  func dryRun() async throws {
    let server = try RawServer(.silence)
    let end = try await ShellProcess.run(
      "--dry-run", "-c", "replay evt_1; endpoints delete ep_1; events send a.b {n: 1} | get .body",
      environment: ["MITTR_BASE_URL": server.url, "MITTR_API_KEY": "mtr_key"])
    #expect(
      end.lines == [
        #"{"method":"POST","path":"/api/v1/events/evt_1/replay"}"#,
        #"{"method":"DELETE","path":"/api/v1/endpoints/ep_1"}"#,
        #"{"eventType":"a.b","payload":{"n":1}}"#,
      ])
    #expect(end.errors == "")
    #expect(end.status == 0)
    #expect(server.requests == [])
  }

  @Test("without a key and without a terminal a request is refused, and the error says what to do")
  func noKey() async throws {
    let end = try await ShellProcess.run("-c", "events list")
    #expect(end.status == 1)
    #expect(end.output == "")
    #expect(end.errors.hasPrefix("error[no-api-key]: there is no API key\n --> -c:1:1\n"))
    #expect(end.errors.contains("set MITTR_API_KEY, or add --sandbox"))
  }

  @Test("what needs no server needs no key")
  func noRequest() async throws {
    let end = try await ShellProcess.run("-c", "[1, 2] | count")
    #expect(end.output == "2\n")
    #expect(end.status == 0)
  }

  @Test("an unknown option is one line on stderr and exit status 2", arguments: ["--bogus", "-x", "--api-key"])
  func unknownOption(option: String) async throws {
    let end = try await ShellProcess.run(option)
    #expect(end.status == 2)
    #expect(end.output == "")
    #expect(end.errors == "mittr: there is no option \(option); mittr --help lists them\n")
  }

  @Test(
    "a wrong value of an option is explained on stderr, with exit status 2",
    arguments: [
      ["--output", "yaml"], ["--color", "blue"], ["--errors", "xml"], ["--var", "1a=1"], ["--var", "a"], ["-c"],
    ])
  func wrongValue(arguments: [String]) async throws {
    let process = try ShellProcess(arguments)
    process.closeInput()
    let end = await process.end()
    #expect(end.status == 2)
    #expect(end.output == "")
    #expect(end.errors.contains(arguments[0]))
  }

  @Test("--help and --version go to stdout with exit status 0")
  func answers() async throws {
    let help = try await ShellProcess.run("--help")
    #expect(help.output.contains("mittr [options] SCRIPT [ARG …]"))
    #expect(help.status == 0)
    let version = try await ShellProcess.run("--version")
    #expect(version.output == "mittr 0.1.0\n")
    #expect(version.errors == "")
    #expect(version.status == 0)
  }
}
