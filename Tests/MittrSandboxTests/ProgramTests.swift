import Basics
import MittrSandbox
import OrderedJSON
import Testing

@Suite("mittr-sandbox", .timeLimit(.minutes(2)))
struct ProgramTests {
  @Test(
    "the first line of standard output is the address, and nothing else is written; SIGTERM and SIGINT end it",
    arguments: [
      SIGTERM, SIGINT,
    ])
  func address(signal: Int32) async throws {
    let program = try Program([])
    let address = await program.firstLine()
    #expect(address.hasPrefix("http://127.0.0.1:"))
    let events = try await Client(baseURL: address).get("/api/v1/events")
    #expect(events.json["pagination"]?["total"]?.intValue == 60)
    program.signal(signal)
    let end = await program.end()
    #expect(end.status == 0)
    #expect(end.output == "")
    #expect(end.errors == "")
    program.closeInput()
  }

  @Test(
    "what cannot be written is an error, and a closed output never becomes the data file",
    arguments: [">/dev/full", ">&-"])
  func failedWrite(redirection: String) async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/sandbox.db"
      for arguments in [["--help"], ["--manual"], ["--data", path, "--exit-with-stdin"]] {
        let program = try Program(arguments, redirection: redirection)
        let end = await program.end()
        #expect(end.status == 1)
        #expect(end.errors.hasPrefix("mittr-sandbox: cannot write to standard output: "), "\(end.errors)")
        program.closeInput()
      }
      #expect(try read(path).starts(with: "SQLite format 3".utf8))
    }
  }

  @Test("with --exit-with-stdin it ends when standard input does, however much came before")
  func standardInput() async throws {
    let program = try Program(["--exit-with-stdin", "--seed", "empty"])
    #expect(await program.firstLine().hasPrefix("http://"))
    program.closeInput()
    #expect(await program.end().status == 0)
  }

  @Test("options reach the sandbox")
  func options() async throws {
    try await withTemporaryFolder { folder in
      let program = try Program(
        [
          "--seed", "3", "--api-key", "mtr_given", "--fixed-clock", "2026-01-31T12:00:00Z", "--deterministic-ids",
          "--latency", "1", "--rate-limit", "1000", "--time-scale", "60", "--no-delivery", "--quota", "1",
          "--data", "\(folder)/sandbox.db", "--exit-with-stdin",
        ], environment: ["MITTR_SANDBOX_API_KEY": "mtr_environment"])
      var client = Client(baseURL: await program.firstLine())
      client.apiKey = "mtr_given"
      let events = try await client.get("/api/v1/events")
      #expect(events.items.count == 3)
      #expect(events.header("X-RateLimit-Limit") == "1000")
      let sent = try await client.send(#"{"eventType": "a", "payload": {}}"#, key: "k").json
      #expect(sent.id == "evt_000000000000000000000004")
      #expect(sent["createdAt"] == "2026-01-31T12:00:00.000Z")
      #expect(try await client.send(#"{"eventType": "a", "payload": {}}"#, key: "l").status == 402)
      program.closeInput()
      #expect(await program.end().status == 0)
    }
  }

  @Test("faults are injected as asked for, and the seed says where")
  func faults() async throws {
    var statuses: [[Int]] = []
    for seed in ["1", "1", "2"] {
      let program = try Program(["--fault", "500:0.5@reads", "--fault-seed", seed, "--exit-with-stdin"])
      let client = Client(baseURL: await program.firstLine())
      var answers: [Int] = []
      for _ in 0..<32 { answers.append(try await client.get("/api/v1/events/evt_none").status) }
      statuses.append(answers)
      let faults = try await client.get("/_sandbox/stats").json["faults"]
      #expect(faults?["500"]?.intValue == answers.count { $0 == 500 })
      program.closeInput()
      #expect(await program.end().status == 0)
    }
    #expect(Set(statuses[0]) == [404, 500])
    #expect(statuses[0] == statuses[1])
    #expect(statuses[0] != statuses[2])
  }

  @Test("what was counted is still counted after a kill -9")
  func killed() async throws {
    try await withTemporaryFolder { folder in
      let arguments = ["--data", "\(folder)/sandbox.db", "--no-delivery", "--exit-with-stdin"]
      let first = try Program(arguments)
      var client = Client(baseURL: await first.firstLine())
      let id = try #require(try await client.get("/api/v1/events?status=dead").ids.first)
      #expect(try await client.post("/api/v1/events/\(id)/replay", "").status == 200)
      first.signal(SIGKILL)
      #expect(await first.end().status == nil)
      first.closeInput()

      let second = try Program(arguments)
      client = Client(baseURL: await second.firstLine())
      #expect(try await client.event(id).status == "pending")
      #expect(try await client.get("/_sandbox/stats").json["replays"]?.description == #"{"\#(id)":1}"#)
      second.closeInput()
      #expect(await second.end().status == 0)
    }
  }

  @Test("the key can come from the environment")
  func environment() async throws {
    let program = try Program(["--exit-with-stdin"], environment: ["MITTR_SANDBOX_API_KEY": "mtr_environment"])
    var client = Client(baseURL: await program.firstLine())
    client.apiKey = "mtr_environment"
    #expect(try await client.get("/api/v1/events").status == 200)
    program.closeInput()
    #expect(await program.end().status == 0)
  }

  @Test("a taken port and an unusable data file are one line on standard error and exit status 1")
  func cannotStart() async throws {
    try await withTemporaryFolder { folder in
      try write(Array(String(repeating: "x", count: 4096).utf8), to: "\(folder)/other")
      try await Sandbox.with { sandbox in
        let port = String(sandbox.baseURL.split(separator: ":")[2])
        for (arguments, message) in [
          (["--port", port], "port \(port) of 127.0.0.1 is in use"),
          (["--data", "\(folder)/other"], "'\(folder)/other' is not a sandbox database"),
          (["--data", "/nowhere/x"], "cannot open '/nowhere/x': No such file or directory"),
        ] {
          let program = try Program(arguments)
          let end = await program.end()
          #expect(end.status == 1)
          #expect(end.output == "")
          #expect(end.errors.hasPrefix("mittr-sandbox: \(message)"))
          #expect(end.errors.filter { $0 == "\n" }.count == 1)
          program.closeInput()
        }
      }
    }
  }

  @Test(
    "a wrong command line is explained on standard error with exit status 2",
    arguments: [
      ["--unknown"], ["extra"], ["--port", "x"], ["--port", "70000"], ["--seed", "-1"], ["--seed", "many"],
      ["--fixed-clock", "noon"], ["--time-scale", "0"], ["--rate-limit", "0"], ["--latency", "-1"], ["--api-key", ""],
      ["--fault", "500"], ["--fault", "nothing:0.1"], ["--fault", "500:0.6,429:0.6"], ["--fault", "late:0.1"],
      ["--fault", "500:0.1@deliveries"], ["--fault-seed", "x"],
    ])
  func wrongCommandLine(arguments: [String]) async throws {
    let program = try Program(arguments)
    let end = await program.end()
    #expect(end.status == 2)
    #expect(end.output == "")
    #expect(end.errors.hasPrefix("Error: "))
    program.closeInput()
  }

  @Test("help goes to standard output with exit status 0")
  func help() async throws {
    let program = try Program(["--help"])
    let end = await program.end()
    #expect(end.status == 0)
    #expect(end.output.contains("--exit-with-stdin"))
    #expect(end.output.contains("\n  reset-after   request processed, connection reset without an answer\n"))
    #expect(end.output.contains("\n  corrupt       a byte of the body changed after signing\n"))
    #expect(end.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(end.errors == "")
    program.closeInput()
  }

  @Test("its version is the package's")
  func version() async throws {
    let program = try Program(["--version"])
    let end = await program.end()
    #expect(end.status == 0)
    #expect(end.output == "mittr-sandbox \(ReleaseVersion.text)\n")
    #expect(end.errors == "")
    program.closeInput()
  }
}
