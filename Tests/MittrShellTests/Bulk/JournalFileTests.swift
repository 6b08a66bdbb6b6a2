import Basics
import Dispatch
import Interpreter
import Synchronization
import TestSupport
import Testing

@testable import MittrShell

/// Journals as files that others touch, too.
@Suite("Journal files", .timeLimit(.minutes(2)))
struct JournalFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var journal: String { folder.path + "/j" }

  /// Answers replays, and does something once so many have come.
  private static func server(
    after count: Int = .max, _ meanwhile: @escaping @Sendable () -> Void = {}
  ) throws -> RawServer {
    let requests = Mutex(0)
    return try RawServer(
      .answer { request in
        let number = requests.withLock { requests in
          requests += 1
          return requests
        }
        if number == count { meanwhile() }
        let id = request.split(separator: "/").dropFirst(4).first ?? ""
        return .response("200 OK", #"{"id":"\#(id)"}"#)
      })
  }

  private func run(_ script: String, _ server: RawServer) async throws -> ShellProcess.End {
    try await ShellProcess.run(
      "--no-config", "-c", script, environment: ["MITTR_API_KEY": "mtr_test", "MITTR_BASE_URL": server.url])
  }

  private func replay(_ count: Int, journal: String? = nil) -> String {
    let ids = (1...count).map { "\"evt_\($0)\"" }.joined(separator: ", ")
    return "[\(ids)] | replay --concurrency 1 --journal '\(journal ?? self.journal)' | get id"
  }

  // MARK: What is refused stays as it is

  private static let foreignFiles = [
    "dear diary", "dear diary\n", "{\"begin\":\"evt_1\"}\n", "{\"journal\":2,\"id\":\"x\"}\n", "\n",
    #"{"journal":1,"id":"x","command":"endpoints delete","server":"http://elsewhere.test","at":"t"}"# + "\n"
      + #"{"begin":"half"#,
    #"{"journal":1,"id":"x","command":"replay","server":"http://elsewhere.test","at":"t"}"# + "\n" + #"{"end"#,
  ]

  @Test("a file that is refused as a journal keeps its bytes, its mode and its time", arguments: foreignFiles)
  func refused(text: String) async throws {
    let server = try Self.server()
    let file = folder.write(text, to: "j", mode: 0o664)
    let before = Self.status(file)
    for script in [replay(1), "journal retry '\(journal)'"] {
      let end = try await run(script, server)
      #expect(end.errors.hasPrefix("error[journal-"), "\(end.errors)")
      #expect(end.status == 1)
    }
    let after = Self.status(file)
    #expect(TemporaryFolder.read(file) == text)
    #expect(after.st_mode == before.st_mode)
    #expect(after.st_ino == before.st_ino)
    #if os(Linux)
      #expect(after.st_mtim.tv_sec == before.st_mtim.tv_sec && after.st_mtim.tv_nsec == before.st_mtim.tv_nsec)
      #expect(after.st_ctim.tv_sec == before.st_ctim.tv_sec && after.st_ctim.tv_nsec == before.st_ctim.tv_nsec)
    #endif
    #expect(folder.names == ["j"])
    #expect(server.requests.isEmpty)
  }

  private static func status(_ path: String) -> stat {
    var status = stat()
    stat(path, &status)
    return status
  }

  @Test("a journal that is taken up becomes its owner's alone")
  func privacy() async throws {
    let server = try Self.server()
    #expect(try await run(replay(1), server).status == 0)
    chmod(journal, 0o644)
    #expect(try await run(replay(2), server).status == 0)
    #expect(TemporaryFolder.mode(of: journal) == 0o600)
    #expect(folder.names == ["j"])
  }

  @Test("a link that leads nowhere is not followed; one that leads to a journal is")
  func links() async throws {
    let server = try Self.server()
    symlink("target", journal)
    let dangling = try await run(replay(1), server)
    #expect(dangling.errors.hasPrefix("error[file-error]: \(journal) is a link that leads nowhere\n"))
    #expect(dangling.status == 1)
    #expect(folder.names == ["j"])
    #expect(server.requests.isEmpty)
    #expect(try await run(replay(1, journal: folder.path + "/target"), server).output == "evt_1\n")
    #expect(try await run(replay(2), server).status == 0)
    #expect(server.requests.count == 2)
  }

  @Test("another user's file is refused, and stays as it is", .enabled(if: geteuid() == 0))
  func foreignOwner() async throws {
    let server = try Self.server()
    let file = folder.write("", to: "j", mode: 0o666)
    chown(file, 12_345, 12_345)
    let end = try await run(replay(1), server)
    #expect(end.errors.hasPrefix("error[file-error]: \(journal) belongs to another user\n"))
    #expect(TemporaryFolder.read(file) == "")
    #expect(TemporaryFolder.mode(of: file) == 0o666)
  }

  // MARK: What happens meanwhile

  enum Mishap: String, CaseIterable, Sendable {
    case removed, renamed, replaced, linkedAway, cut, appended

    var what: String {
      switch self {
      case .removed, .replaced: "removed or replaced"
      case .renamed, .linkedAway: "renamed or replaced"
      case .cut, .appended: "changed by somebody else"
      }
    }

    func strike(_ path: String) {
      switch self {
      case .removed: unlink(path)
      case .renamed: rename(path, path + ".old")
      case .replaced:
        close(open(path + ".new", O_CREAT | O_WRONLY, 0o600))
        rename(path + ".new", path)
      case .linkedAway:
        rename(path, path + ".old")
        symlink("nowhere", path)
      case .cut: truncate(path, 0)
      case .appended:
        let descriptor = open(path, O_WRONLY | O_APPEND)
        _ = try? writeAll(Array("{}\n".utf8), to: descriptor)
        close(descriptor)
      }
    }
  }

  @Test("a journal that is taken away while a run uses it ends the run, which says so", arguments: Mishap.allCases)
  func displaced(mishap: Mishap) async throws {
    let server = try Self.server(after: 3) { [journal] in mishap.strike(journal) }
    let end = try await run(replay(30), server)
    #expect(end.status == 1)
    #expect(end.lines == ["evt_1", "evt_2", "evt_3"])
    #expect(end.errors.contains("error[file-displaced]: \(journal) was \(mishap.what) while it was in use"))
    #expect(end.errors.contains("replay: 3 done, 0 failed"))
    #expect(server.requests.count == 3)
    guard mishap == .renamed else { return }
    // What was done stands in the file, and goes on once it has its name back.
    rename(journal + ".old", journal)
    #expect(try await run(replay(30) + " | count", server).output == "30\n")
    #expect(server.requests.count == 30)
  }

  @Test("a name is one process's alone, also after its file was taken away", arguments: [nil] + Mishap.allCases)
  func sameName(mishap: Mishap?) async throws {
    let (arrived, goOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let server = try Self.server(after: 2) { [journal] in
      mishap?.strike(journal)
      arrived.signal()
      goOn.wait()
    }
    let (url, script) = (server.url, replay(5))
    async let first = ShellProcess.run(
      "--no-config", "-c", script, environment: ["MITTR_API_KEY": "mtr_test", "MITTR_BASE_URL": url])
    await blocking { arrived.wait() }
    let names = folder.names
    let other = try Self.server()
    let second = try await run(script, other)
    #expect(
      second.errors.hasPrefix("error[file-in-use]: \(journal) is in use by another process\n"), "\(second.errors)")
    #expect(second.status == 1)
    #expect(other.requests.isEmpty)
    #expect(folder.names == names)
    goOn.signal()
    #expect(try await first.status == (mishap == nil ? 0 : 1))
    #expect(!folder.names.contains(".j.lock"))
  }

  @Test("a lock that a killed process left behind locks nobody out")
  func staleLock() async throws {
    _ = folder.write("", to: ".j.lock")
    #expect(try await run(replay(1), try Self.server()).status == 0)
    #expect(folder.names == ["j"])
  }
}
