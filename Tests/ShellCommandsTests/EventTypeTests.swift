import MittrSDK
import OrderedJSON
import Synchronization
import Testing
import WebhookReceiver

@testable import ShellCommands

@Suite("The type of a delivered event", .timeLimit(.minutes(1)))
struct EventTypeTests {
  private static func request(
    _ id: String?, body: String = "{}", headers: [(name: String, value: String)] = []
  ) -> ReceivedRequest {
    ReceivedRequest(
      method: "POST", target: "/", headers: headers + (id.map { [("X-Mittr-Event-ID", $0)] } ?? []),
      body: Array(body.utf8), receivedAt: 0)
  }

  private static func types(on api: ScriptedAPI) -> EventTypes {
    let client = CurrentClient()
    client.mittr = Mittr(apiKey: "mtr_test", baseURL: "https://mittr.test", transport: api)
    return EventTypes(client: client, sleep: { _ in try await Task.sleep(for: .seconds(60)) })
  }

  @Test("is what a header or the payload says, and nobody is asked then")
  func stated() async {
    let api = ScriptedAPI { _ throws(TransportError) in TransportResponse(status: 404) }
    let types = Self.types(on: api)
    for (request, type) in [
      (Self.request("evt_1", body: #"{"type": "a.b"}"#), "a.b"),
      (Self.request("evt_1", body: #"{"type": "a.b", "eventType": "c.d"}"#), "c.d"),
      (Self.request("evt_1", body: #"{"type": "a.b"}"#, headers: [("x-mittr-event-type", "e.f")]), "e.f"),
    ] {
      types.lookUp(request)
      await types.settle(request)
      #expect(types.type(of: request) == type)
    }
    #expect(api.log.isEmpty)
  }

  @Test("else what the server says of the event, which is asked once")
  func asked() async {
    let api = ScriptedAPI { request throws(TransportError) in
      request.url.hasSuffix("evt_1")
        ? TransportResponse(status: 200, body: Array(#"{"id": "evt_1", "eventType": "order.created"}"#.utf8))
        : TransportResponse(status: 404, body: Array(#"{"error": "no", "code": "NOT_FOUND"}"#.utf8))
    }
    let types = Self.types(on: api)
    for (id, type) in [("evt_1", "order.created"), ("evt_2", nil)] as [(String, String?)] {
      for _ in 1...3 {
        let request = Self.request(id)
        types.lookUp(request)
        await types.settle(request)
        #expect(types.type(of: request) == type)
      }
    }
    #expect(api.log.count == 2)
  }

  @Test("what is no id of Mittr's is not asked for", arguments: [nil, "", "1", "evt_../x", "evt_a?b", "evt_ü"])
  func noID(id: String?) async {
    let api = ScriptedAPI { _ throws(TransportError) in TransportResponse(status: 404) }
    let types = Self.types(on: api)
    types.lookUp(Self.request(id))
    await types.settle(Self.request(id))
    #expect(api.log.isEmpty)
  }
}
