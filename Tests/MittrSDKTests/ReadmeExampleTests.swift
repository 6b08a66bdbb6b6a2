import MittrSDK
import OrderedJSON
import Testing

/// The README's lines for Swift programs, so that they go on compiling and doing what is said there.
@Suite("The README's Swift")
struct ReadmeExampleTests {
  @Test("An event is sent, and failed ones are replayed")
  func sendAndReplay() async throws {
    let transport = ReadmeTransport()
    let mittr = Mittr(apiKey: Mittr.testKey, transport: transport)
    let event = try await mittr.events.send(
      EventInput(eventType: "order.created", payload: ["orderId": "ord_123", "amount": 9900]))
    #expect(event.id == "evt_1")
    var replayed: [String] = []
    for try await event in mittr.events.iterate(EventListParameters(status: "failed")) {
      if let id = event.id, let again = try await mittr.events.replay(id).id { replayed.append(again) }
    }
    #expect(replayed == ["evt_2"])
  }
}

/// Answers what the example asks for.
private struct ReadmeTransport: Transport {
  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let text =
      if request.url.hasSuffix("/replay") {
        #"{"id": "evt_2", "status": "pending"}"#
      } else if request.method == "POST" {
        #"{"id": "evt_1", "status": "pending"}"#
      } else {
        #"{"data": [{"id": "evt_2", "status": "failed"}], "pagination": {"hasMore": false}}"#
      }
    return TransportResponse(status: 200, headers: [], body: Array(text.utf8))
  }
}
