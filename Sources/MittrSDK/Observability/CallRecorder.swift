#if Observability
  import Basics
  import CoreMetrics
  import Logging
  import OutboundHTTP
  import Tracing

  /// Tells logs, metrics and traces of one call.
  ///
  /// Nothing of what a call sends or gets is in any of it, but for codes, statuses and the server's request id: no key, no
  /// body, no id of an event and no text of the server's.
  struct CallRecorder: Sendable {
    private let operation: ClientOperation
    private let logger: Logger?
    private let tracer: any Tracer
    private let span: any Span
    private let start = ContinuousClock.now

    /// Begins the call's span, whose parent is the caller's.
    init(_ operation: ClientOperation, _ request: TransportRequest, _ logger: CallLogger) {
      self.operation = operation
      self.logger = logger.logger
      tracer = InstrumentationSystem.tracer
      span = tracer.startSpan("mittr \(operation)", ofKind: .client)
      span.updateAttributes { attributes in
        attributes["mittr.operation"] = operation.rawValue
        attributes["http.request.method"] = request.method
        if let template = operation.pathTemplate { attributes["url.template"] = template }
        guard let origin = Origin(request.url) else { return }
        attributes["url.scheme"] = origin.isSecure ? "https" : "http"
        attributes["server.address"] = origin.host
        attributes["server.port"] = origin.port
      }
    }

    /// Runs the call within its span, and tells how it ended.
    func record<Value>(
      _ call: () async throws(MittrError) -> Value
    ) async throws(MittrError) -> Value {
      let result = await InstrumentationContext.$current.withValue(span.context) {
        do throws(MittrError) {
          return Result<Value, MittrError>.success(try await call())
        } catch {
          return Result<Value, MittrError>.failure(error)
        }
      }
      if case .failure(let error) = result { end(error) } else { end(nil) }
      return try result.get()
    }

    /// The request with what tells the server which trace it belongs to, such as `traceparent`. Headers that the request
    /// has already stay.
    func traced(_ request: TransportRequest) -> TransportRequest {
      var request = request
      tracer.inject(span.context, into: &request, using: HeaderInjector())
      return request
    }

    /// Tells of an attempt that was answered, or not.
    func attempted(_ number: Int, _ answer: Result<TransportResponse, MittrError>) {
      var event = SpanEvent(name: "attempt")
      event.attributes["mittr.attempt"] = number
      switch answer {
      case .success(let response): event.attributes["http.response.status_code"] = response.status
      case .failure(let error): event.attributes["error.type"] = Self.word(error.code.rawValue)
      }
      span.addEvent(event)
      if number > 1 { span.attributes["http.request.resend_count"] = number - 1 }
    }

    /// Tells that the request is to be sent again.
    func retries(_ number: Int, after error: MittrError, in delay: Duration) {
      Counter(label: "mittr.call.retries", dimensions: dimensions(error)).increment()
      logger?.info(
        "mittr: trying again",
        metadata: metadata(error).merging(["mittr.attempt": "\(number)", "mittr.delay": "\(delay)"]) { $1 })
    }

    private func end(_ error: MittrError?) {
      if let status = error?.status { span.attributes["http.response.status_code"] = status }
      if let error {
        span.attributes["error.type"] = Self.word(error.code.rawValue)
        span.setStatus(SpanStatus(code: .error, message: Self.word(error.code.rawValue)))
      }
      span.end()
      let duration = ContinuousClock.now - start
      CoreMetrics.Timer(label: "mittr.call.duration", dimensions: dimensions(error)).recordNanoseconds(
        Int64(duration / .nanoseconds(1)))
      if let error {
        logger?.info("mittr: the call failed", metadata: metadata(error))
      } else {
        logger?.debug("mittr: the call succeeded", metadata: ["mittr.operation": "\(operation)"])
      }
    }

    private func metadata(_ error: MittrError) -> Logger.Metadata {
      var metadata: Logger.Metadata = [
        "mittr.operation": "\(operation)", "mittr.code": "\(Self.word(error.code.rawValue))",
        "mittr.outcome": "\(Self.outcome(error))",
      ]
      metadata["http.response.status_code"] = error.status.map { "\($0)" }
      metadata["mittr.request_id"] = error.requestID.map { "\(Self.word($0))" }
      return metadata
    }

    /// Few values each, since each combination is a series of its own: a server's codes may be any.
    private func dimensions(_ error: MittrError?) -> [(String, String)] {
      [
        ("operation", operation.rawValue), ("outcome", error.map(Self.outcome) ?? "ok"),
        ("status", error?.status.map { "\($0 / 100)xx" } ?? (error == nil ? "2xx" : "none")),
      ]
    }

    private static func outcome(_ error: MittrError) -> String {
      if error.isOutcomeUnknown { return "unknown" }
      return error.code == MittrError.Code.cancelled ? "cancelled" : "failed"
    }

    private static func word(_ text: String) -> String { SafeText.escaped(text, limit: 100) }
  }

  /// Puts what a tracer wants the server to know into a request's headers.
  private struct HeaderInjector: Injector {
    func inject(_ value: String, forKey key: String, into request: inout TransportRequest) {
      let field = HeaderField(key, value)
      guard request.header(key) == nil, RequestHeaders.isAllowed(field) else { return }
      request.setHeader(key, value)
    }
  }

  /// Where calls are logged to.
  struct CallLogger: Sendable {
    var logger: Logger?
  }
#else
  /// Without the trait Observability nothing is told of a call.
  struct CallRecorder: Sendable {
    init(_ operation: ClientOperation, _ request: TransportRequest, _ logger: CallLogger) {}

    func record<Value>(_ call: () async throws(MittrError) -> Value) async throws(MittrError) -> Value {
      try await call()
    }

    func traced(_ request: TransportRequest) -> TransportRequest { request }
    func attempted(_ number: Int, _ answer: Result<TransportResponse, MittrError>) {}
    func retries(_ number: Int, after error: MittrError, in delay: Duration) {}
  }

  struct CallLogger: Sendable {}
#endif
