import Basics
import MittrSandbox
import OrderedJSON
import TestSupport
import Testing
import WebhookReceiver

/// `forward` with a journal, as the built executable, between a sandbox and a receiver on real sockets.
@Suite("Forwarding that ends early", .timeLimit(.minutes(3)))
struct ForwardedRunTests {
  /// How often it is killed.
  private static let kills = 20
  /// Far more than come before the last kill.
  private static let events = 400

  private struct Setting {
    let environment: [String: String]
    let script: String
    let journal: String
    let log: DeliveryLog
  }

  private func withSetting(_ body: (Setting) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    var configuration = SandboxConfiguration()
    configuration.seed = .count(Self.events)
    configuration.delivers = false
    let sandbox = try await Sandbox.start(configuration)
    var bounds = DeliveryLog.Bounds()
    bounds.deliveries = 10 * Self.events
    let log = DeliveryLog(bounds)
    let receiver = try await Receiver.start(ReceiverConfiguration(now: { 0 }), keepingIn: log)
    let journal = folder.path + "/j"
    let script =
      "forward \(receiver.url) --since 2000-01-01T00:00:00Z --count \(Self.events) --secret whsec_test --every 100ms "
      + "--journal '\(journal)' | get id"
    let setting = Setting(
      environment: ["MITTR_API_KEY": sandbox.apiKey, "MITTR_BASE_URL": sandbox.baseURL], script: script,
      journal: journal, log: log)
    var failure: (any Error)?
    do { try await body(setting) } catch { failure = error }
    await receiver.stop()
    await sandbox.stop()
    if let failure { throw failure }
  }

  @Test("killed with kill -9 at twenty instants, it repeats nothing, leaves nothing out, and lists what is unknown")
  func killed() async throws {
    try await withSetting { setting in
      var generator = SplitMix64(seed: 14)
      for _ in 0..<Self.kills {
        let process = try ShellProcess(["-c", setting.script], environment: setting.environment)
        // What earlier runs did is told first: the instant counts from the first delivery of this one.
        let wanted = setting.log.lastNumber + Int.random(in: 1...8, using: &generator)
        var number = setting.log.lastNumber
        while number < wanted, number < Self.events, let delivery = await setting.log.next(after: number) {
          number = delivery.number
        }
        process.signal(SIGKILL)
        _ = await process.end()
      }
      let last = try await ShellProcess.run("-c", setting.script, environment: setting.environment)
      #expect(last.status == 0 || last.status == 3, "\(last.errors)")
      var received: [String: Int] = [:]
      for delivery in setting.log.deliveries { received[try #require(delivery.request.eventID), default: 0] += 1 }
      #expect(received.values.allSatisfy { $0 == 1 })
      let listing = try await JournalListing(
        of: setting.journal, against: received, environment: setting.environment)
      #expect(listing.ids.count == Self.events)
      #expect(last.status == (listing.hasUnknown ? 3 : 0))
    }
  }

  @Test("what came while nothing ran is brought by the next run, though --since is not given")
  func between() async throws {
    let folder = try TemporaryFolder()
    var configuration = SandboxConfiguration()
    configuration.delivers = false
    let sandbox = try await Sandbox.start(configuration)
    let log = DeliveryLog()
    let receiver = try await Receiver.start(ReceiverConfiguration(now: { 0 }), keepingIn: log)
    let environment = ["MITTR_API_KEY": sandbox.apiKey, "MITTR_BASE_URL": sandbox.baseURL]
    func forward(_ count: Int) -> String {
      "forward \(receiver.url) --count \(count) --timeout 20s --secret whsec_test --every 100ms --journal '\(folder.path)/j'"
        + " | get id"
    }
    func send(_ number: Int) async throws -> String {
      try await ShellProcess.run(
        "-c", "events send --destination http://localhost:1/ {n: \(number)} | get id", environment: environment
      ).output
    }
    let first = try ShellProcess(["-c", forward(1)], environment: environment)
    #expect(await first.nextErrors() == "forward: ready\n")
    let one = try await send(1)
    #expect(await first.end().output == one)
    let two = try await send(2)
    let second = try await ShellProcess.run("-c", forward(2), environment: environment)
    #expect(second.output == one + two)
    #expect(log.deliveries.map { String(decoding: $0.request.body, as: UTF8.self) } == [#"{"n":1}"#, #"{"n":2}"#])
    await receiver.stop()
    await sandbox.stop()
  }
}
