import OrderedJSON
import Testing

@testable import ShellCommands

@Suite("What a watch has seen")
struct EventWindowTests {
  private static func event(_ id: String, _ time: String?) -> JSONObject {
    var json: JSONObject = ["id": .string(id)]
    json["createdAt"] = time.map { .string($0) }
    return json
  }

  @Test("ids are kept for the stretch that is looked at again, and no longer")
  func bounded() {
    var window = EventWindow(start: nil, reach: 10)
    for minute in 0..<60 {
      window.begin(isBaseline: false)
      for number in 0..<50 {
        let time = "2026-01-01T00:\(minute < 10 ? "0" : "")\(minute):30Z"
        let sight = window.see(Self.event("\(minute)-\(number)", time))
        #expect(sight == .new)
      }
      window.finish()
      #expect(window.count == 50)
    }
  }

  @Test("an event at the edge is told once, an older one not at all")
  func edge() {
    var window = EventWindow(start: 1_767_225_600, reach: 10)
    func look(_ events: [(id: String, time: String?)]) -> [EventWindow.Coverage] {
      window.begin(isBaseline: false)
      let sights = events.map { window.see(Self.event($0.id, $0.time)) }
      window.finish()
      return sights
    }
    let midnight = "2026-01-01T00:00:00Z"
    #expect(look([("a", midnight), ("b", midnight), ("c", "2025-12-31T23:59:59.999Z")]) == [.new, .new, .beyond])
    #expect(look([("d", "2026-01-01T00:00:10Z"), ("b", midnight), ("e", midnight)]) == [.new, .known, .new])
    let later = [("f", "2026-01-01T00:00:21Z"), ("d", "2026-01-01T00:00:10Z")]
    #expect(look(later) == [.new, .known])
    #expect(look(later) == [.known, .beyond])
  }

  @Test("without times, what is known ends the look")
  func undated() {
    var window = EventWindow(start: nil, reach: 10)
    window.begin(isBaseline: true)
    let first = ["b", "a"].map { window.see(Self.event($0, nil)) }
    window.finish()
    window.begin(isBaseline: false)
    let second = ["c", "b"].map { window.see(Self.event($0, nil)) }
    window.finish()
    #expect(first == [.new, .new])
    #expect(second == [.new, .beyond])
  }
}
