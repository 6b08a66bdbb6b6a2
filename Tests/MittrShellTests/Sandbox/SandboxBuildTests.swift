import Basics
import Interpreter
import TestSupport
import Testing

@testable import MittrShell

@Suite("A sandbox that is still being built is waited for", .timeLimit(.minutes(1)))
struct SandboxBuildTests {
  /// A build that is under way, as `scripts/mittr` holds its lock.
  private static func build(in folder: TemporaryFolder) -> (SandboxBuild, lock: Int32) {
    let lock = open(folder.write("", to: "mittr-sandbox.lock"), O_RDWR | O_CLOEXEC)
    flock(lock, LOCK_EX | LOCK_NB)
    return (SandboxBuild(executable: folder.path + "/mittr-sandbox"), lock)
  }

  @Test("it waits until the lock is free, and says so once")
  func waits() async throws {
    let folder = try TemporaryFolder()
    let (build, lock) = Self.build(in: folder)
    #expect(build.isUnderWay)
    var told: [String] = []
    let willWait = { (text: String) in
      told.append(text)
      _ = flock(lock, LOCK_UN)
    }
    try await build.finish(willWait: willWait)
    close(lock)
    #expect(told == ["the sandbox is still being built; this goes on when it is there"])
    #expect(!build.isUnderWay)
  }

  @Test("an interrupt ends the waiting")
  func interrupt() async throws {
    let folder = try TemporaryFolder()
    let (build, lock) = Self.build(in: folder)
    defer { close(lock) }
    // It is cancelled before it waits.
    let task = Task { await Self.failure(of: build) }
    task.cancel()
    let failure = await task.value
    #expect(failure?.code == "sandbox-failed")
    #expect(failure?.message == "the sandbox is not built yet")
  }

  private static func failure(of build: SandboxBuild) async -> Failure? {
    do throws(Failure) {
      try await build.finish { _ in }
      return nil
    } catch {
      return error
    }
  }

  @Test("nothing is waited for without a lock, or with one that a killed build left behind")
  func none() throws {
    let folder = try TemporaryFolder()
    let build = SandboxBuild(executable: folder.path + "/mittr-sandbox")
    #expect(!build.isUnderWay)
    _ = folder.write("", to: "mittr-sandbox.lock")
    #expect(!build.isUnderWay)
  }
}
