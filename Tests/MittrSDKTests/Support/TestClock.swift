import MittrSDK
import Synchronization

/// Time and chance for tests: waits end at once, are written down and are all that takes time; chance is always 0, keys are numbered.
final class TestClock: Sendable {
  private let log = Mutex<[Duration]>([])
  private let keys = Atomic(0)

  /// Every wait so far.
  var waits: [Duration] { log.withLock { $0 } }

  func environment(randomFraction: Double = 0, now: Duration = .zero) -> ClientEnvironment {
    ClientEnvironment(
      sleep: { duration in
        try Task.checkCancellation()
        self.log.withLock { $0.append(duration) }
      },
      randomFraction: { randomFraction },
      newIdempotencyKey: { "key-\(self.keys.add(1, ordering: .relaxed).newValue)" },
      now: { now },
      uptime: { self.waits.reduce(.zero, +) })
  }
}

extension Mittr {
  static let testKey = "mtr_test_4f9a1c77"

  /// A client on a double, whose waits end at once.
  init(
    _ transport: any Transport, clock: TestClock = TestClock(), baseURL: String = "https://mittr.test",
    projectID: String? = nil, retryPolicy: RetryPolicy = .default, randomFraction: Double = 0, now: Duration = .zero
  ) {
    self.init(
      apiKey: Self.testKey, baseURL: baseURL, projectID: projectID, transport: transport, retryPolicy: retryPolicy,
      environment: clock.environment(randomFraction: randomFraction, now: now))
  }
}

/// The error that a call throws; nil when it throws none.
func failure<Value>(_ call: () async throws(MittrError) -> Value) async -> MittrError? {
  do throws(MittrError) {
    _ = try await call()
    return nil
  } catch {
    return error
  }
}
