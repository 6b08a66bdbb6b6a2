import OrderedJSON
import Testing

@testable import ShellCommands

@Suite("What an event proves about a lost replay")
struct ReconciliationTests {
  private func decision(_ before: JSONObject, _ after: JSONObject) -> Reconciliation.Decision {
    Reconciliation.decision(before: EventTrace(before), after: EventTrace(after))
  }

  private let dead: JSONObject = ["status": "dead", "attempts": 5, "updatedAt": "2026-01-01T00:00:00Z"]

  @Test("an event at rest that has changed was replayed", arguments: ["dead", "delivered"])
  func atRest(status: String) {
    var before = dead
    before["status"] = .string(status)
    for after in [
      ["status": "pending", "attempts": 0, "updatedAt": "2026-01-01T00:00:01Z"],
      ["status": "processing", "attempts": 5, "updatedAt": "2026-01-01T00:00:00Z"],
      // Replayed, and at rest again.
      ["status": .string(status), "attempts": 5, "updatedAt": "2026-01-01T00:00:09Z"],
      ["status": .string(status), "attempts": 6],
    ] as [JSONObject] {
      guard case .done = decision(before, after) else {
        Issue.record("\(after)")
        continue
      }
    }
  }

  @Test("an event that the platform may still deliver proves a replay only by attempts that became fewer")
  func between() {
    let failed: JSONObject = ["status": "failed", "attempts": 3, "updatedAt": "2026-01-01T00:00:00Z"]
    for (status, attempts) in [("processing", 3), ("failed", 4), ("dead", 5)] {
      let after: JSONObject = [
        "status": .string(status), "attempts": .number(JSONNumber(attempts)), "updatedAt": "2026-01-01T00:00:05Z",
      ]
      #expect(decision(failed, after) == .undecided)
    }
    #expect(
      decision(failed, ["status": "pending", "attempts": 0, "updatedAt": "2026-01-01T00:00:05Z"])
        == .done(evidence: "its attempts were 3 and are 0"))
    #expect(
      decision(["status": "new word", "attempts": 0], ["status": "pending", "attempts": 0]) == .undecided)
  }

  @Test("an event that looks as before proves nothing, and is not taken for one that was not replayed")
  func unchanged() { #expect(decision(dead, dead) == .unchanged) }

  @Test("without a record from before, or with one that shows nothing, nothing is decided")
  func nothingKnown() {
    #expect(Reconciliation.decision(before: nil, after: EventTrace(dead)) == .undecided)
    #expect(Reconciliation.decision(before: EventTrace(dead), after: nil) == .undecided)
    #expect(EventTrace(["status": "dead"]) == nil)
    #expect(EventTrace(["id": "evt_1"]) == nil)
    #expect(EventTrace(["status": 5, "attempts": 1]) == nil)
  }
}
