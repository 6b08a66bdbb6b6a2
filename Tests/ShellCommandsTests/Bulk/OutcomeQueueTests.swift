import OrderedJSON
import Testing

@testable import ShellCommands

@Suite("When an outcome may be seen")
struct OutcomeQueueTests {
  @Test("outcomes leave in the items' order, and nothing is told of an item that was dropped")
  func order() {
    var queue = OutcomeQueue()
    let numbers = (0..<3).map { _ in queue.begin() }
    queue.end(numbers[2], "third")
    #expect(queue.next() == nil)
    queue.end(numbers[0], nil)
    queue.end(numbers[1], "second")
    #expect(queue.next() == "second")
    #expect(queue.next() == "third")
    #expect(queue.isEmpty)
  }

  @Test("none is seen before its line is on disk")
  func synced() {
    var queue = OutcomeQueue()
    let (first, second) = (queue.begin(), queue.begin())
    queue.end(first, "first", of: "a", line: 3)
    queue.end(second, "second", of: "b", line: 4)
    queue.synced(2)
    #expect(queue.next() == nil)
    queue.synced(3)
    #expect(queue.next() == "first")
    #expect(queue.next() == nil)
    queue.synced(4)
    #expect(queue.next() == "second")
    #expect(queue.unrecorded == [])
  }

  @Test("when the journal is lost, everything that is known is told, and what the journal lacks is known by name")
  func lost() {
    var queue = OutcomeQueue()
    let numbers = (0..<3).map { _ in queue.begin() }
    queue.end(numbers[0], "first", of: "a", line: 4)
    queue.end(numbers[1], "second", of: "b", line: 5)
    queue.synced(4)
    queue.loseJournal()
    queue.end(numbers[2], "third", of: "c", line: nil)
    #expect([queue.next(), queue.next(), queue.next()] == ["first", "second", "third"])
    #expect(queue.unrecorded == ["b", "c"])
  }
}
