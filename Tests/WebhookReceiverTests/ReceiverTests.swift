import MittrWebhooks
import TestSupport
import Testing
import WebhookReceiver

@Suite("A receiver on loopback", .timeLimit(.minutes(1)))
struct ReceiverTests {
  @Test("a signed delivery gets 200, a tampered one 401, and both are kept with what was found")
  func verdicts() async throws {
    try await Receiver.with(secret: "whsec_test") { receiver, log in
      let answer = try await RawClient.exchange(receiver.port, signed("{}"))
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
      let refused = try await RawClient.exchange(receiver.port, signed("{}").dropLast(2) + "[]")
      #expect(refused.hasPrefix("HTTP/1.1 401 Unauthorized\r\n"))
      #expect(refused.hasSuffix("\r\n\r\ninvalid signature\n"))
      #expect(log.deliveries.map(\.status) == [200, 401])
      #expect(log.deliveries.map(\.diagnosis?.valid) == [true, false])
      #expect(log.deliveries.map(\.request.path) == ["/hook", "/hook"])
      #expect(log.deliveries.map(\.number) == [1, 2])
    }
  }

  @Test("without a secret it takes everything, and says that nothing was verified")
  func unverified() async throws {
    try await Receiver.with { receiver, log in
      let answer = try await RawClient.exchange(receiver.port, post("x"))
      #expect(answer.statusLine == "HTTP/1.1 200 OK")
      #expect(log.deliveries[0].diagnosis == nil)
    }
  }

  @Test("the bytes of a body are kept as they came, also in chunks")
  func bytes() async throws {
    try await Receiver.with { receiver, log in
      let head = "POST /a?b=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
      let chunks: [UInt8] =
        Array("2;x=y\r\n".utf8) + [0, 255] + Array("\r\n1\r\n\n\r\n0\r\nTrailer: t\r\n\r\n".utf8)
      let answer = try await RawClient.exchange(receiver.port, Array(head.utf8) + chunks)
      #expect(String(decoding: answer, as: UTF8.self).statusLine == "HTTP/1.1 200 OK")
      #expect(log.deliveries[0].request.body == [0, 255, 10])
      #expect(log.deliveries[0].request.target == "/a?b=1")
    }
  }

  @Test("--fail-first: so many attempts of each event fail, and no more")
  func failFirst() async throws {
    try await Receiver.with {
      $0.failFirst = 2
    } _: { receiver, log in
      for (event, status) in [("a", 500), ("a", 500), ("b", 500), ("a", 200), ("b", 500), ("b", 200), ("a", 200)] {
        let answer = try await RawClient.exchange(receiver.port, post("x", headers: ["X-Mittr-Event-ID: \(event)"]))
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
      }
      #expect(log.deliveries.count == 7)
    }
  }

  @Test("a status that was asked for is answered whatever comes", arguments: [204, 302, 410, 503])
  func fixedStatus(status: Int) async throws {
    try await Receiver.with(secret: "whsec_test") {
      $0.answer = .status(status)
    } _: { receiver, log in
      let answer = try await RawClient.exchange(receiver.port, post("x"))
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
      #expect(log.deliveries[0].status == status)
      #expect(log.deliveries[0].diagnosis?.reason == .missingSignature)
    }
  }

  @Test("only so many deliveries are kept, and only so many bytes; the newest always")
  func bounds() async throws {
    var bounds = DeliveryLog.Bounds()
    bounds.deliveries = 2
    try await Receiver.with(log: DeliveryLog(bounds)) { receiver, log in
      for body in ["a", "b", "c"] { _ = try await RawClient.exchange(receiver.port, post(body)) }
      #expect(log.deliveries.map(\.number) == [2, 3])
    }
    bounds.bytes = 10
    try await Receiver.with(log: DeliveryLog(bounds)) { receiver, log in
      for body in ["a", "bcdefghijklmnop"] { _ = try await RawClient.exchange(receiver.port, post(body)) }
      #expect(log.deliveries.map(\.number) == [2])
    }
  }

  @Test("waiting for a delivery ends with the next one, or when it is cancelled")
  func following() async throws {
    try await Receiver.with { receiver, log in
      async let next = log.next(after: 0)
      _ = try await RawClient.exchange(receiver.port, post("x"))
      #expect(await next?.number == 1)
      let waiting = Task { await log.next(after: 1) }
      waiting.cancel()
      #expect(await waiting.value == nil)
    }
  }

  @Test("each request becomes a file that only its owner reads, and none is written over")
  func saving() async throws {
    let folder = try TemporaryFolder()
    let place = folder.path + "/saved"
    let target = try DeliveryFolder(place)
    try await Receiver.with {
      $0.folder = target
    } _: { receiver, log in
      for _ in 1...2 {
        _ = try await RawClient.exchange(receiver.port, post("{}", headers: ["X-Mittr-Event-ID: ../evt 1"]))
      }
      #expect(log.deliveries.map(\.problem) == [nil, nil])
    }
    let names = ["1706123456000-___evt_1.http", "1706123456000-___evt_1-2.http"]
    for name in names {
      #expect(TemporaryFolder.mode(of: place + "/" + name) == 0o600)
      #expect(TemporaryFolder.read(place + "/" + name) == post("{}", headers: ["X-Mittr-Event-ID: ../evt 1"]))
    }
    #expect(throws: ReceiverError.folder(place + "/" + names[0], "it is no folder")) {
      try DeliveryFolder(place + "/" + names[0])
    }
  }

  @Test("a port that somebody has is refused, and nothing is left behind")
  func portInUse() async throws {
    try await Receiver.with { first, log in
      var configuration = ReceiverConfiguration(now: { 0 })
      configuration.port = first.port
      await #expect(throws: ReceiverError.portInUse(first.port)) {
        _ = try await Receiver.start(configuration, keepingIn: log)
      }
    }
  }
}
