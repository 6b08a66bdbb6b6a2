public import MittrSDK
public import MittrSandbox

extension Sandbox {
  /// Runs a test against a sandbox of its own, with a client for it; both end before this returns or throws.
  /// ```swift
  /// try await Sandbox.withClient { mittr, sandbox in
  ///   let event = try await mittr.events.send(
  ///     EventInput(destination: "http://127.0.0.1:8080/webhooks/mittr", payload: ["orderId": "ord_123"]))
  ///   await sandbox.settle()
  ///   #expect(try await mittr.events.get(event.id).status == .delivered)
  /// }
  /// ```
  /// The sandbox listens on a free port of the loopback address, keeps everything in memory, and really delivers. Any
  /// number of them may run at the same time.
  /// - Parameters:
  ///   - configuration: how the sandbox behaves; by default it is empty, and nothing goes wrong.
  ///   - retryPolicy: when the client sends a failed request again; the client's usual policy by default.
  ///   - isolation: the actor that the body runs on; the caller's.
  ///   - body: the test. Neither the client nor the sandbox may be used after it.
  /// - Returns: what the body returns.
  /// - Throws: `SandboxError` when the sandbox does not start, and whatever the body throws.
  @discardableResult
  public static func withClient<Value>(
    _ configuration: SandboxConfiguration = SandboxConfiguration(), retryPolicy: RetryPolicy = .default,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (_ mittr: Mittr, _ sandbox: RunningSandbox) async throws -> Value
  ) async throws -> Value {
    try await with(configuration) { sandbox in
      let mittr = sandbox.client(retryPolicy: retryPolicy)
      do {
        let value = try await body(mittr, sandbox)
        await mittr.shutdown()
        return value
      } catch {
        await mittr.shutdown()
        throw error
      }
    }
  }
}

extension RunningSandbox {
  /// A client for this sandbox.
  /// ```swift
  /// let sandbox = try await Sandbox.start()
  /// let mittr = sandbox.client()
  /// // …
  /// await mittr.shutdown()
  /// await sandbox.stop()
  /// ```
  /// - Parameters:
  ///   - transport: what performs the HTTP exchanges, such as a `RecordingTransport`; nil, the default, for one of the
  ///     client's own.
  ///   - retryPolicy: when a failed request is sent again; the client's usual policy by default.
  ///   - environment: time and chance; those of the real world by default.
  public func client(
    transport: (any Transport)? = nil, retryPolicy: RetryPolicy = .default, environment: ClientEnvironment = .live
  ) -> Mittr {
    Mittr(
      apiKey: apiKey, baseURL: baseURL, transport: transport, retryPolicy: retryPolicy, environment: environment)
  }
}
