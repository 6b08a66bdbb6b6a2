import MittrSDK
import OrderedJSON
import Testing

@Suite struct SecretTests {
  private static let key = Mittr.testKey

  /// All ways in which a value ends up in a log.
  private static func shown(_ value: Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return "\(value)" + String(reflecting: value) + dumped
  }

  @Test(
    "A key that a server echoes is masked in the error, however it is written",
    arguments: [
      #"{"error":"bad key mtr_test_4f9a1c77!","code":"mtr_test_4f9a1c77","details":["mtr_test_4f9a1c77"]}"#,
      #"{"error":"bad \u006dtr_test_4f9a1c77","mtr_test_4f9a1c77":{"a":"mtr_test_\u0034f9a1c77"}}"#,
      "you sent mtr_test_4f9a1c77, mtr_test_4f9a1c77", #""mtr_test_4f9a1c77""#,
    ])
  func echo(body: String) async throws {
    let transport = ScriptedTransport(.json(body, status: 401, headers: [HeaderField("X-Request-Id", Self.key)]))
    let error = try #require(
      await failure { () throws(MittrError) in try await Mittr(transport).events.get("evt_1") })
    #expect(!Self.shown(error).contains(Self.key))
    #expect(!Self.shown(error.body).contains(Self.key))
    #expect(!Self.shown(error.details as Any).contains(Self.key))
    if case .json(let value) = error.body { #expect(!value.description.contains("f9a1c77")) }
    #expect(!error.message.contains(Self.key))
    #expect(error.requestID == "mtr_…")
  }

  @Test("A key in a long text is masked before the text is cut")
  func cutEcho() async throws {
    let body = String(repeating: "x", count: MittrError.maximumTextBytes - 5) + Self.key
    let transport = ScriptedTransport(.json(body, status: 400))
    let error = await failure { () throws(MittrError) in try await Mittr(transport).events.get("evt_1") }
    guard case .text(let text)? = error?.body else {
      Issue.record("the body is no text")
      return
    }
    #expect(text.hasSuffix("xmtr_"))
  }

  @Test("A key in a transport's own words is masked")
  func transportMessage() async throws {
    let transport = ScriptedTransport { (_, _) throws(TransportError) in
      throw TransportError(.other, mayHaveReachedServer: true, message: "could not send \(Mittr.testKey)")
    }
    let error = try #require(
      await failure { () throws(MittrError) in try await Mittr(transport).events.get("evt_1") })
    #expect(!Self.shown(error).contains(Self.key))
    #expect(error.message == "could not send mtr_…")
  }

  @Test("Neither the client nor what it is made of shows the key")
  func client() async throws {
    let transport = ScriptedTransport(.json(#"{"id":"evt_1"}"#))
    let mittr = Mittr(apiKey: Self.key, transport: transport)
    _ = try await mittr.events.get("evt_1")
    #expect(transport.requests[0].header("X-API-Key") == Self.key)
    #expect(!Self.shown(transport.requests[0]).contains(Self.key))
    let mittrOnTheNetwork = Mittr(apiKey: Self.key)
    for value in [mittrOnTheNetwork, mittrOnTheNetwork.events, mittrOnTheNetwork.endpoints] as [Any] {
      #expect(!Self.shown(value).contains(Self.key))
    }
    #expect(!Self.shown(mittrOnTheNetwork.events.iterate()).contains(Self.key))
  }
}
