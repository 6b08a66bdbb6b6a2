import Basics
import OrderedJSON

/// Sends API requests: puts them into HTTP, retries what may be retried, and makes errors of what is not a success.
struct APIClient: Sendable {
  /// What every request has in common, checked once.
  private struct Connection: Sendable {
    let baseURL: BaseURL
    let headers: RequestHeaders
  }

  private let secret: Secret
  private let connection: Result<Connection, MittrError>
  private let transport: any Transport
  private let middlewares: [any ClientMiddleware]
  var logger = CallLogger()
  private var retryPolicy: RetryPolicy
  private var onRateLimit: (@Sendable (RateLimit) -> Void)?
  private var onWait: (@Sendable (MittrError, Duration) -> Void)?
  private var onSandboxNotice: (@Sendable (String) -> Void)?
  let projectID: String?
  /// What this client and its copies change.
  let changes = ChangeLog()
  private var timeout: Duration
  let environment: ClientEnvironment

  init(
    apiKey: String, baseURL: String, projectID: String?, transport: any Transport,
    middlewares: [any ClientMiddleware], retryPolicy: RetryPolicy, timeout: Duration, environment: ClientEnvironment
  ) {
    secret = Secret(apiKey)
    connection = Result { [secret] () throws(MittrError) in
      try Connection(baseURL: BaseURL(baseURL), headers: RequestHeaders(apiKey: secret, projectID: projectID))
    }
    self.transport = transport
    self.middlewares = middlewares
    self.retryPolicy = retryPolicy
    self.projectID = projectID
    self.timeout = timeout
    self.environment = environment
  }

  /// The checked base URL; nil when it is not usable.
  var baseURL: String? { try? connection.get().baseURL.text }

  func with(timeout: Duration) -> APIClient {
    var client = self
    client.timeout = timeout
    return client
  }

  func with(retryPolicy: RetryPolicy) -> APIClient {
    var client = self
    client.retryPolicy = retryPolicy
    return client
  }

  func with(onRateLimit: @escaping @Sendable (RateLimit) -> Void) -> APIClient {
    var client = self
    client.onRateLimit = onRateLimit
    return client
  }

  func with(onWait: @escaping @Sendable (MittrError, Duration) -> Void) -> APIClient {
    var client = self
    client.onWait = onWait
    return client
  }

  func with(onSandboxNotice: @escaping @Sendable (String) -> Void) -> APIClient {
    var client = self
    client.onSandboxNotice = onSandboxNotice
    return client
  }

  /// The same client, which sends every request once.
  /// - Parameter onRateLimit: called besides what is called already.
  func sendingOnce(onRateLimit: @escaping @Sendable (RateLimit) -> Void) -> APIClient {
    var client = self
    client.retryPolicy = .never
    client.onRateLimit = { [before = self.onRateLimit] limit in
      before?(limit)
      onRateLimit(limit)
    }
    return client
  }

  /// Sends a request until it succeeds or must not be sent again. Its body is the caller's to read.
  /// - Returns: a response whose status is 2xx.
  func send(_ request: APIRequest) async throws(MittrError) -> TransportResponse {
    try await exchange(request) { (response) throws(MittrError) in
      guard 200..<300 ~= response.status else { throw failure(response, request, id: nil) }
      return response
    }
  }

  /// Sends a request of which only the caller knows what it is for. Where it may change something, an answer that nobody
  /// who did it would give is an error.
  func request(_ request: APIRequest) async throws(MittrError) -> TransportResponse {
    try await exchange(request) { (response) throws(MittrError) in
      let isSuccess = 200..<300 ~= response.status
      guard isSuccess, request.effect == .none || ResponseDisposition(response, id: nil).mayBeDone else {
        throw failure(response, request, id: nil)
      }
      return response
    }
  }

  /// Sends a request that changes something, and finds out from the answer whether it was done.
  /// - Parameter id: of what is changed; nil when it is being made.
  /// - Returns: the object that the server answered with; nil when the answer was empty.
  func change(_ request: APIRequest, id: String? = nil) async throws(MittrError) -> JSONObject? {
    try await exchange(request) { (response) throws(MittrError) in
      guard case .done(let object) = ResponseDisposition(response, id: id) else {
        throw failure(response, request, id: id)
      }
      return object
    }
  }

  private func failure(_ response: TransportResponse, _ request: APIRequest, id: String?) -> MittrError {
    let now = environment.now()
    guard request.effect != .none, case .unknown(let uncertainty) = ResponseDisposition(response, id: id) else {
      return MittrError(response, masking: secret, now: now)
    }
    return MittrError(response, unknown: uncertainty, asked: id, masking: secret, now: now)
  }

  /// - Parameter read: makes of an answer what the call returns, or says why it is no success.
  private func exchange<Value>(
    _ request: APIRequest, _ read: (TransportResponse) throws(MittrError) -> Value
  ) async throws(MittrError) -> Value {
    let wire = try transportRequest(request)
    if request.effect != .none { changes.begin() }
    defer { if request.effect != .none { changes.end() } }
    let operation = ClientOperation(method: request.method, path: request.path)
    let recorder = CallRecorder(operation, wire, logger)
    return try await recorder.record { () throws(MittrError) in
      try await attempt(request, recorder.traced(wire), operation, recorder, read)
    }
  }

  /// Sends a request, and sends it again as long as that may help.
  private func attempt<Value>(
    _ request: APIRequest, _ wire: TransportRequest, _ operation: ClientOperation, _ recorder: CallRecorder,
    _ read: (TransportResponse) throws(MittrError) -> Value
  ) async throws(MittrError) -> Value {
    var mayHaveTakenEffect = false
    var attempts = 0
    let start = environment.uptime()
    while true {
      attempts += 1
      let context = CallContext(
        operation: operation, attempt: attempts, idempotencyKey: request.effect.idempotencyKey)
      let answer: Result<TransportResponse, MittrError>
      do throws(TransportError) {
        let response = try await middlewares.send(wire, context, by: transport).withPlainText()
        if let onRateLimit, let limit = RateLimit(response, now: environment.now()) { onRateLimit(limit) }
        if let onSandboxNotice, let text = response.header(SandboxNotice.headerName) { onSandboxNotice(text) }
        answer = .success(response)
      } catch {
        answer = .failure(MittrError(error, masking: secret))
      }
      recorder.attempted(attempts, answer)
      let failure: MittrError
      do throws(MittrError) {
        return try read(try answer.get())
      } catch {
        failure = error
      }
      let isOpen = failure.isOutcomeUnknown || failure.transportError?.mayHaveReachedServer == true
      mayHaveTakenEffect = mayHaveTakenEffect || request.effect != .none && isOpen
      let delay = retryPolicy.delay(
        after: failure, attempts: attempts, elapsed: environment.uptime() - start,
        isRepeatable: request.effect.isRepeatable,
        randomFraction: environment.randomFraction())
      guard let delay else { throw finalError(failure, of: request, mayHaveTakenEffect: mayHaveTakenEffect) }
      recorder.retries(attempts, after: failure, in: delay)
      onWait?(failure, delay)
      do {
        try await environment.sleep(delay)
      } catch {
        throw finalError(.cancelled(), of: request, mayHaveTakenEffect: mayHaveTakenEffect)
      }
    }
  }

  /// Sends a request that answers with one JSON object.
  func object(_ request: APIRequest) async throws(MittrError) -> JSONObject {
    let response = try await send(request)
    guard let object = try parse(response).objectValue else {
      throw .invalidResponse("the answer is not a JSON object", status: response.status)
    }
    return object
  }

  /// Sends a request that answers with one page of a list.
  func page<Item>(
    _ request: APIRequest, item: (JSONObject) throws(MittrError) -> Item
  ) async throws(MittrError) -> Page<Item> {
    let response = try await send(request)
    return try Page(parse(response), status: response.status, item: item)
  }

  private func parse(_ response: TransportResponse) throws(MittrError) -> JSONValue {
    do throws(JSONSyntaxError) {
      return try JSONValue(parsing: response.body)
    } catch {
      throw .invalidResponse("the answer is not JSON: \(error)", status: response.status)
    }
  }

  private func transportRequest(_ request: APIRequest) throws(MittrError) -> TransportRequest {
    let connection = try connection.get()
    let body = request.body.map { value in
      var bytes: [UInt8] = []
      JSONWriter.compact.write(value, to: &bytes)
      return bytes
    }
    return TransportRequest(
      method: request.method, url: connection.baseURL.text + request.target,
      headers: try connection.headers.fields(hasBody: body != nil, adding: request.headers), body: body,
      timeout: timeout)
  }

  private func finalError(
    _ error: MittrError, of request: APIRequest, mayHaveTakenEffect: Bool
  ) -> MittrError {
    var error = mayHaveTakenEffect && !error.isOutcomeUnknown ? error.withUnknownOutcome() : error
    error.idempotencyKey = request.effect.idempotencyKey
    return error
  }
}

extension TransportResponse {
  /// The same answer with its text as everything here reads it: without a byte order mark.
  fileprivate func withPlainText() -> TransportResponse {
    TransportResponse(status: status, headers: headers, body: TextDecoder.decoded(body))
  }
}
