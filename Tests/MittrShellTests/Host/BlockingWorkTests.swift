import Testing

@testable import MittrShell

@Suite("Work that blocks", .timeLimit(.minutes(1)))
struct BlockingWorkTests {
  private struct Mishap: Error {}

  @Test("is told that its task was cancelled")
  func cancelled() async {
    let (begun, continuation) = AsyncStream<Void>.makeStream()
    let task = Task {
      await BlockingWork.run { isCancelled in
        continuation.finish()
        while !isCancelled() {}
        return 7
      }
    }
    for await _ in begun {}
    task.cancel()
    #expect(await task.value == 7)
  }

  @Test("fails where it is waited for")
  func failing() async {
    await #expect(throws: Mishap.self) {
      try await BlockingWork.run { (_) throws(Mishap) -> Int in throw Mishap() }
    }
  }
}
