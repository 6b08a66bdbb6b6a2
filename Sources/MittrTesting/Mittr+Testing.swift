public import MittrSDK
import Synchronization

extension Mittr {
  /// A client on a test double, for which no time passes.
  /// ```swift
  /// let mittr = Mittr(ScriptedTransport(.rateLimited(retryAfter: 60), .json(["id": "evt_1"])))
  /// let event = try await mittr.events.get("evt_1")                    // at once
  /// ```
  /// - Parameters:
  ///   - transport: the double.
  ///   - retryPolicy: when a failed request is sent again; the client's usual policy by default.
  ///   - environment: time and chance; by default `ClientEnvironment.testing()`.
  public init(
    _ transport: any Transport, retryPolicy: RetryPolicy = .default, environment: ClientEnvironment = .testing()
  ) {
    self.init(
      apiKey: "mtr_test", baseURL: "https://mittr.test", transport: transport, retryPolicy: retryPolicy,
      environment: environment)
  }
}

extension ClientEnvironment {
  /// Time and chance for tests: waits end at once, delays are never made longer or shorter by chance, idempotency keys are
  /// `key-1`, `key-2` and so on, and the clock stands still.
  /// ```swift
  /// let waits = Mutex<[Duration]>([])
  /// let environment = ClientEnvironment.testing { wait in waits.withLock { $0.append(wait) } }
  /// ```
  /// - Parameters:
  ///   - now: where the clock stands: the time since 1970-01-01T00:00:00Z.
  ///   - onWait: is called with each time that the client would have waited.
  public static func testing(
    now: Duration = .zero, onWait: @escaping @Sendable (Duration) -> Void = { _ in }
  ) -> ClientEnvironment {
    let keys = Counter()
    return ClientEnvironment(
      sleep: { duration in
        try Task.checkCancellation()
        onWait(duration)
      },
      randomFraction: { 0 },
      newIdempotencyKey: { "key-\(keys.next())" },
      now: { now })
  }

  /// Counts from 1, from any thread.
  private final class Counter: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
  }
}
