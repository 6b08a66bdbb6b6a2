import Testing

@testable import MittrShell

@Suite("A time limit")
struct TimeLimitTests {
  private static let forAnHour: @Sendable (Duration) async throws -> Void = { _ in
    try await Task.sleep(for: .seconds(3600))
  }
  private static let notAtAll: @Sendable (Duration) async throws -> Void = { _ in }

  @Test("What ends in time has its own status")
  func inTime() async {
    let result = await TimeLimit.run(.seconds(1), sleep: Self.forAnHour) { 7 }
    #expect(result.status == 7 && !result.isLate)
  }

  @Test("What takes longer is cancelled, and told so")
  func late() async {
    let result = await TimeLimit.run(.seconds(1), sleep: Self.notAtAll) {
      (try? await Task.sleep(for: .seconds(3600))) == nil ? 130 : 0
    }
    #expect(result.status == 130 && result.isLate)
  }

  @Test("Who is cancelled meanwhile was not late")
  func cancelled() async {
    let task = Task {
      await TimeLimit.run(.seconds(1), sleep: Self.forAnHour) {
        (try? await Task.sleep(for: .seconds(3600))) == nil ? 130 : 0
      }
    }
    task.cancel()
    let result = await task.value
    #expect(result.status == 130 && !result.isLate)
  }
}
