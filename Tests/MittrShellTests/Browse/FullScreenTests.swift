import Basics
import Testing

@testable import MittrShell

@Suite("Who has the screen")
struct FullScreenTests {
  private let ends: [Int32]
  private let screen: FullScreen

  init() throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    self.ends = ends
    // A pipe has no modes to change.
    screen = FullScreen(input: ends[0], output: ends[1])
  }

  /// What was written since it was last asked: whether the other screen was taken, or given back.
  private func changes() -> [String] {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = max(0, read(ends[0], &bytes, bytes.count))
    return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\u{1B}")
      .filter { $0.hasPrefix("[?1049") }.map { $0.hasSuffix("h") ? "taken" : "given back" }
  }

  @Test("It is taken and given back once, however often that is asked for")
  func once() {
    screen.enter()
    screen.enter()
    #expect(changes() == ["taken"])
    screen.leave()
    screen.leave()
    screen.leaveAtOnce()
    #expect(changes() == ["given back"])
  }

  @Test("A question has it, though the question comes before it is taken")
  func lent() {
    screen.lend()
    screen.enter()
    #expect(!screen.isHere && changes().isEmpty)
    #expect(screen.takeBack())
    #expect(screen.isHere && changes() == ["taken"])
    screen.lend()
    #expect(!screen.isHere && changes() == ["given back"])
    #expect(screen.takeBack() && !screen.takeBack())
    #expect(changes() == ["taken"])
    screen.lend()
    screen.leave()
    #expect(!screen.takeBack() && !screen.isHere)
    #expect(changes() == ["given back"])
  }
}
