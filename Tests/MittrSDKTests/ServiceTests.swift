import MittrSDK
import ServiceLifecycle
import ServiceLifecycleTestKit
import Testing

@Suite("A client among an application's services", .timeLimit(.minutes(1))) struct ServiceTests {
  @Test("It runs until the group shuts down, and calls fail from then on")
  func gracefulShutdown() async throws {
    try await LoopbackServer.run(reply: .json(#"{"id":"evt_1"}"#)) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url)
      try await testGracefulShutdown { trigger in
        async let running: Void = mittr.run()
        _ = try await mittr.events.get("evt_1")
        trigger.triggerGracefulShutdown()
        try await running
      }
      #expect(await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }?.code == "SHUT_DOWN")
    }
  }

  @Test("Cancelling it shuts it down as well, and is no error")
  func cancelled() async throws {
    let mittr = Mittr(apiKey: Mittr.testKey, baseURL: "http://127.0.0.1:9")
    let running = Task { try await mittr.run() }
    running.cancel()
    try await running.value
    #expect(await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }?.code == "SHUT_DOWN")
  }

  @Test("It says where it goes, and no secret")
  func description() {
    let mittr = Mittr(apiKey: Mittr.testKey, baseURL: "https://hooks.example.com/", projectID: "prj_1")
    #expect("\(mittr)" == "Mittr(https://hooks.example.com, project prj_1)")
    #expect("\(Mittr(apiKey: Mittr.testKey))" == "Mittr(https://app.mittr.io)")
    #expect("\(Mittr(apiKey: Mittr.testKey, baseURL: "https://me:pw@x.test"))" == "Mittr(no usable base URL)")
  }
}
