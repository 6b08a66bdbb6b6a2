import Basics
import GRDB
import MittrSandbox
import OrderedJSON
import Testing

@Suite("The data file")
struct PersistenceTests {
  @Test("what was done is there after a restart, and counting goes on")
  func restart() async throws {
    try await withTemporaryFolder { folder in
      let configuration = configuration { ($0.data, $0.seed) = ("\(folder)/sandbox.db", .demo) }
      var (events, endpoints, answer) = ("", "", "")
      try await Sandbox.with(configuration) { sandbox in
        let client = Client(sandbox)
        _ = try await client.endpoint(#"{"url": "http://localhost/x", "eventTypes": ["none"]}"#)
        answer = try await client.send(#"{"eventType": "nothing", "payload": {}}"#, key: "k").text
        events = try await client.get("/api/v1/events?limit=100").text
        endpoints = try await client.get("/api/v1/endpoints").text
      }
      try await Sandbox.with(configuration) { sandbox in
        let client = Client(sandbox)
        #expect(try await client.get("/api/v1/events?limit=100").text == events)
        #expect(try await client.get("/api/v1/endpoints").text == endpoints)
        #expect(try await client.send(#"{"eventType": "nothing", "payload": {}}"#, key: "k").text == answer)
        let next = try await client.send(#"{"eventType": "nothing", "payload": {}}"#, key: "l").json.id
        #expect(next == "evt_000000000000000000000062")
      }
    }
  }

  @Test("a delivery that a stop cut off is made again after the restart")
  func interrupted() async throws {
    try await withTemporaryFolder { folder in
      let configuration = configuration { $0.data = "\(folder)/sandbox.db" }
      var id = ""
      let first = try await Sandbox.start(configuration)
      id = try await Client(first).send(
        #"{"destination": "http://sandbox.localhost/_sandbox/receivers/slow?ms=60000", "payload": {}}"#, key: "k"
      ).json.id
      while try await Client(first).event(id).status == "pending" {}
      #expect(try await Client(first).event(id).status == "processing")
      await first.stop()

      var waiting = configuration
      waiting.delivers = false
      try await Sandbox.with(waiting) { sandbox in
        let event = try await Client(sandbox).event(id)
        #expect(event.status == "pending")
        #expect(event["attempts"]?.intValue == 0)
      }
    }
  }

  @Test("two sandboxes do not share a file")
  func inUse() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/sandbox.db"
      let configuration = configuration { $0.data = path }
      let sandbox = try await Sandbox.start(configuration)
      await #expect(throws: SandboxError.databaseInUse(path: path)) { try await Sandbox.start(configuration) }
      await sandbox.stop()
      try await Sandbox.with(configuration) { sandbox in
        let ready = try await Client(sandbox).get("/health/ready")
        #expect(ready.status == 200)
      }
    }
  }

  @Test("a file that is not a sandbox database is refused and left as it is")
  func foreignFile() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/other"
      let text = Array(String(repeating: "not a database\n", count: 100).utf8)
      try write(text, to: path)
      await #expect(throws: SandboxError.notASandboxDatabase(path: path)) {
        try await Sandbox.start(configuration { $0.data = path })
      }
      #expect(try read(path) == text)
    }
  }

  /// The permissions of the files in a folder.
  private static func modes(_ folder: String, _ names: [String]) -> [mode_t?] {
    names.map { name in
      var status = stat()
      return lstat("\(folder)/\(name)", &status) == 0 ? status.st_mode & 0o777 : nil
    }
  }

  @Test("nobody else can read the file, nor what stands beside it, a file of before included")
  func permissions() async throws {
    try await withTemporaryFolder { folder in
      let mask = umask(0)
      defer { umask(mask) }
      let path = "\(folder)/sandbox.db"
      let configuration = configuration { ($0.data, $0.seed) = (path, .demo) }
      let sandbox = try await Sandbox.start(configuration)
      #expect(Self.modes(folder, ["sandbox.db", "sandbox.db-wal"]) == [0o600, 0o600])
      await sandbox.stop()
      #expect(chmod(path, 0o666) == 0)
      try await Sandbox.with(configuration) { sandbox in
        _ = try await Client(sandbox).send(#"{"eventType": "a", "payload": {}}"#, key: "k")
        #expect(Self.modes(folder, ["sandbox.db", "sandbox.db-wal"]) == [0o600, 0o600])
      }
    }
  }

  @Test(
    "what is no sandbox database keeps its mode and its bytes, and gets no files beside it",
    arguments: ["text", "wal", "short", "link", "companion"])
  func untouched(kind: String) async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/other"
      switch kind {
      case "text": try write(Array("just a note\n".utf8), to: path)
      case "wal": try Self.execute("PRAGMA journal_mode = WAL; CREATE TABLE mine (a)", in: path)
      case "short": try write(Array("SQLite format 3\0".utf8), to: path)
      case "link": #expect(symlink("\(folder)/nothing", path) == 0)
      default: try write(Array("mine".utf8), to: path + "-wal")
      }
      if kind != "companion", kind != "link" { #expect(chmod(path, 0o644) == 0) }
      let names = ["other", "other-wal", "other-shm", "other-journal", "nothing"]
      let before = (Self.modes(folder, names), names.map { try? read("\(folder)/\($0)") })
      await #expect(throws: SandboxError.self) { try await Sandbox.start(configuration { $0.data = path }) }
      let after = (Self.modes(folder, names), names.map { try? read("\(folder)/\($0)") })
      #expect(after.0 == before.0 && after.1 == before.1)
      for name in names { unlink("\(folder)/\(name)") }
    }
  }

  @Test("another program's SQLite database is refused and left as it is")
  func foreignDatabase() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/other"
      try Self.execute("CREATE TABLE mine (a); INSERT INTO mine VALUES (1)", in: path)
      let before = try read(path)
      await #expect(throws: SandboxError.notASandboxDatabase(path: path)) {
        try await Sandbox.start(configuration { $0.data = path })
      }
      #expect(try read(path) == before)
    }
  }

  @Test("a database of a newer version is refused")
  func newerDatabase() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/sandbox.db"
      await (try Sandbox.start(configuration { $0.data = path })).stop()
      try Self.execute("INSERT INTO grdb_migrations (identifier) VALUES ('from the future')", in: path)
      await #expect(throws: SandboxError.newerDatabase(path: path)) {
        try await Sandbox.start(configuration { $0.data = path })
      }
    }
  }

  private static func execute(_ sql: String, in path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }

  @Test("a path that cannot be opened is refused")
  func unreadable() async throws {
    await #expect {
      try await Sandbox.start(configuration { $0.data = "/nowhere/sandbox.db" })
    } throws: { error in
      guard case SandboxError.unreadableDatabase(path: "/nowhere/sandbox.db", _) = error else { return false }
      return true
    }
  }
}
