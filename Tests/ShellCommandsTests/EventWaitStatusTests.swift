import Interpreter
import MittrSDK
import Synchronization
import Testing

@Suite("What a terminal shows while events are waited for", .timeLimit(.minutes(1)))
struct EventWaitStatusTests {
  private final class Display: ProgressDisplay {
    var lines: [String?] = []
    func show(_ progress: WorkProgress) {}
    func clear() {}
    func showReading(_ name: String, _ count: Int?) {}
    func showWaiting(_ text: String?) { lines.append(text) }
  }

  private static func api(circuit: String) -> ScriptedAPI {
    let looks = Mutex(0)
    return ScriptedAPI { request throws(TransportError) in
      if request.id == "ep_1" {
        return .json(
          #"{"id": "ep_1", "circuitState": "\#(circuit)", "retryBackoffMs": 4000, "retryBackoffMult": 2, "enabled": true}"#
        )
      }
      let look = looks.withLock { count in
        count += 1
        return count
      }
      let status = look < 2 ? "failed" : "delivered"
      return .json(
        #"{"id": "evt_1", "status": "\#(status)", "attempts": 2, "maxAttempts": 5, "endpointId": "ep_1", "updatedAt": "2026-01-01T00:00:00Z"}"#
      )
    }
  }

  @Test("the event's state, its next attempt, and how long it is waited for")
  func nextAttempt() async {
    let display = Display()
    let run = await CommandRun(
      "events wait evt_1 | get .status", on: Self.api(circuit: "closed"), clock: Pauses().clock, progress: display)
    #expect(run.output == "delivered\n" && run.errors == "")
    #expect(
      display.lines == [
        "events wait: evt_1 is failed after attempt 2 of 5, the next one in about 8s; gives up in 30s", nil,
      ])
  }

  @Test("an open circuit, behind which nothing is attempted")
  func openCircuit() async {
    let display = Display()
    _ = await CommandRun(
      "events wait evt_1", on: Self.api(circuit: "open"), clock: Pauses().clock, progress: display)
    #expect(display.lines.first??.contains("the circuit of its endpoint is open") == true)
  }

  @Test("nothing more is asked for and nothing is shown where nobody watches")
  func script() async {
    let api = Self.api(circuit: "open")
    let run = await CommandRun("events wait evt_1", on: api, clock: Pauses().clock)
    #expect(run.errors == "" && api.log.allSatisfy { $0 == "GET /events/evt_1" })
  }
}
