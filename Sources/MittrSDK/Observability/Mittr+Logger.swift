#if Observability
  public import Logging

  extension Mittr {
    /// A client that logs its calls. The other parameters are those of `init` without a logger.
    ///
    /// Calls are also told to metrics and tracing, without any setting, by what the process installed with
    /// `MetricsSystem.bootstrap` and `InstrumentationSystem.bootstrap`. A call is one span with the caller's as its
    /// parent; attempts are its events, and each request carries the trace's headers, such as `traceparent`. Metrics are
    /// `mittr.call.duration` and `mittr.call.retries`, by operation, outcome (`ok`, `failed`, `unknown`, `cancelled`) and
    /// class of status.
    ///
    /// The logger gets one line for a call (`debug`), or for how it failed and for each retry (`info`). No key, no body and
    /// no text of the server's is in them.
    public init(
      apiKey: String, baseURL: String = Mittr.defaultBaseURL, projectID: String? = nil,
      transport: (any Transport)? = nil, network: NetworkConfiguration = NetworkConfiguration(),
      middlewares: [any ClientMiddleware] = [], retryPolicy: RetryPolicy = .default, timeout: Duration = .seconds(30),
      logger: Logger?, environment: ClientEnvironment = .live
    ) {
      self = Mittr(
        apiKey: apiKey, baseURL: baseURL, projectID: projectID, transport: transport, network: network,
        middlewares: middlewares, retryPolicy: retryPolicy, timeout: timeout, environment: environment
      ).with(logger: logger)
    }

    /// The same client with another logger; the two share their connections.
    /// - Parameter logger: such as a request's own; nil for none.
    public func with(logger: Logger?) -> Mittr {
      var client = client
      client.logger = CallLogger(logger: logger)
      return Mittr(client: client, ownTransport: ownTransport)
    }
  }
#endif
