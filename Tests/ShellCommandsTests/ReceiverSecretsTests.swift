import MittrSDK
import MittrWebhooks
import Synchronization
import TestSupport
import Testing
import WebhookReceiver

@testable import ShellCommands

@Suite("The receiver's secrets", .timeLimit(.minutes(1)))
struct ReceiverSecretsTests {
  private static func secrets(
    on transport: any Transport, uptime: @escaping @Sendable () -> Duration = { .zero }
  ) -> ReceiverSecrets {
    let client = CurrentClient()
    client.mittr = Mittr(
      apiKey: "mtr_test", baseURL: "https://mittr.test", transport: transport,
      environment: ClientEnvironment(
        sleep: { _ in try Task.checkCancellation() }, randomFraction: { 0 }, newIdempotencyKey: { "key" },
        now: { .zero }))
    let secrets = ReceiverSecrets(given: [], toleranceSeconds: 300, client: client, uptime: uptime)
    secrets.setPort(4000)
    return secrets
  }

  private static func request(secret: WebhookSecret) -> ReceivedRequest {
    let headers = WebhookSigner(secret: secret).headers(timestamp: 5, body: Array("{}".utf8))
    return ReceivedRequest(
      method: "POST", target: "/hook", headers: headers.map { (name: $0.0, value: $0.1) }, body: Array("{}".utf8),
      receivedAt: 5)
  }

  private static func endpoints(secret: String) -> TransportResponse {
    .json(
      #"{"data": [{"id": "ep_1", "url": "http://localhost:4000/hook", "secret": "\#(secret)"}], "pagination": {"hasMore": false}}"#
    )
  }

  @Test("who sends what no secret verifies makes it ask the server once in a while, not each time")
  func pause() async {
    let time = Mutex(Duration.zero)
    let api = ScriptedAPI { _ throws(TransportError) in Self.endpoints(secret: "whsec_own") }
    let secrets = Self.secrets(on: api) { time.withLock { $0 } }
    // The first lookup finds a secret, the second one nothing new.
    for _ in 1...5 {
      guard case .verified(let diagnosis) = await secrets.diagnose(Self.request(secret: "whsec_other")) else {
        Issue.record("there is a secret")
        return
      }
      #expect(diagnosis.reason == .mismatch)
    }
    #expect(api.log.count == 2)
    guard case .verified(let own) = await secrets.diagnose(Self.request(secret: "whsec_own")) else {
      Issue.record("there is a secret")
      return
    }
    #expect(own.valid)
    #expect(api.log.count == 2)
    time.withLock { $0 += ReceiverSecrets.pause }
    for _ in 1...5 { _ = await secrets.diagnose(Self.request(secret: "whsec_other")) }
    #expect(api.log.count == 3)
  }

  @Test("an endpoint whose URL is a tunnel is found by its secret, and asked for no more")
  func tunnel() async {
    let api = ScriptedAPI { _ throws(TransportError) in
      .json(
        #"""
        {"data": [{"id": "ep_1", "url": "https://other.example/hook", "secret": "whsec_other"},
          {"id": "ep_2", "url": "https://x.ngrok.app/a", "secret": "whsec_tunnel"}], "pagination": {"hasMore": false}}
        """#)
    }
    let secrets = Self.secrets(on: api)
    for _ in 1...3 {
      guard case .verified(let diagnosis) = await secrets.diagnose(Self.request(secret: "whsec_tunnel")) else {
        Issue.record("the secret was found")
        return
      }
      #expect(diagnosis.reason == .ok)
    }
    #expect(api.log.count == 1)
    #expect(secrets.known(path: "/hook").count == 1)
    // What nobody of them signed is judged by the endpoint that the tunnel is known to lead from.
    guard case .verified(let diagnosis) = await secrets.diagnose(Self.request(secret: "whsec_unknown")) else {
      Issue.record("there is a secret")
      return
    }
    #expect(diagnosis.reason == .mismatch)
  }

  @Test("of the endpoints given the one that signed is taken, and is the one for what comes to its path from then on")
  func endpointsGiven() async {
    func reasons(_ endpoints: [(String, WebhookSecret)], _ sent: [WebhookSecret]) async -> [SignatureReason] {
      let secrets = ReceiverSecrets(
        given: [], endpoints: EndpointSecrets(all: endpoints, isNamed: false), toleranceSeconds: 300, client: nil,
        uptime: { .zero })
      var found: [SignatureReason] = []
      for secret in sent {
        guard case .verified(let diagnosis) = await secrets.diagnose(Self.request(secret: secret)) else { continue }
        found.append(diagnosis.reason)
      }
      #expect(secrets.known(path: "/hook").count == (found.contains(.ok) || endpoints.count == 1 ? 1 : 0))
      #expect(secrets.known(path: "/other").count == (endpoints.count == 1 ? 1 : 0))
      return found
    }
    let two: [(String, WebhookSecret)] = [("ep_1", "whsec_first"), ("ep_2", "whsec_second")]
    #expect(await reasons(two, ["whsec_second", "'whsec_second'"]) == [.ok, .mismatch])
    #expect(await reasons(two, ["whsec_unknown"]) == [.mismatch])
    #expect(await reasons([("ep_1", "\"whsec_first\"")], ["whsec_first", "whsec_x"]) == [.secretQuoted, .mismatch])
    #expect(await reasons([("ep_1", "a"), ("ep_2", " whsec_x")], ["whsec_x"]) == [.secretWhitespace])
  }

  @Test("a server that does not answer does not hold up the end")
  func stopping() async {
    let (begun, never) = (Gate(), Gate())
    let api = ScriptedAPI { _ throws(TransportError) in
      begun.open()
      await never.pass()
      return Self.endpoints(secret: "whsec_own")
    }
    let secrets = Self.secrets(on: api)
    async let finding = secrets.diagnose(Self.request(secret: "whsec_own"))
    await begun.pass()
    secrets.stopLookups()
    _ = await finding
    _ = await secrets.diagnose(Self.request(secret: "whsec_own"))
    #expect(api.log.count == 1)
  }
}
