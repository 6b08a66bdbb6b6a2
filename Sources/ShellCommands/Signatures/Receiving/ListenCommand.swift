import Interpreter
import MittrWebhooks
import OrderedJSON
import OutboundHTTP
import WebhookReceiver

enum ListenCommand {
  private static let port = Parameter.optionalPositional(
    "port", address, "the port on this machine, 0 for any free one; 4000 without it")
  private static let tolerance = Parameter.option(
    "tolerance", .integer(in: 0...Int.max), default: WebhookVerifier.defaultToleranceSeconds,
    "how far a timestamp may be from now, in seconds", defaultText: "300")
  private static let forward = Parameter.option(
    "forward", target, "pass deliveries on to this URL, and answer what it answers; without a path, each keeps its own")
  private static let respond = Parameter.option(
    "respond", .integer(in: 200...599), "answer this status, whatever comes")
  private static let save = Parameter.option(
    "save", .file, "a folder for the raw requests, a file each; verify --request reads them")
  private static let failFirst = Parameter.option(
    "fail-first", .integer(in: 0...1000), default: 0, "answer 500 to the first attempts of each event, so many",
    defaultText: "0")
  private static let maximumBody = Parameter.option(
    "max-body", .integer(in: 0...1_000_000_000), default: 10_000_000, "answer 413 to larger bodies, in bytes",
    defaultText: "10000000")
  private static let stop = Parameter.flag("stop", "stop listening; the deliveries are kept")

  static let defaultPort = 4000

  static let command = Command(
    "listen", topic: .signatures, "receives deliveries on this machine, verifies them and keeps them",
    discussion: """
      It goes on while you work, until listen --stop or the end of the session. Each delivery is told of; deliveries lists
      them and $deliveries holds them. It answers 200, or 401 when the signature does not hold. At the end of a script it ends
      too: deliveries --follow keeps both going.

      Without a secret it uses those of the endpoints whose URL is this receiver or a tunnel to it, once the session has
      talked to the server. --endpoint takes the secret of that endpoint, and --any-endpoint that of the endpoint that signed
      the delivery, wherever its URL leads: both ask the server at once. The newest 1,000 deliveries are kept, 64 MiB at
      most. Nobody but this machine can connect; a request for another host's name, as a tunnel sends it, is passed on only
      when it is signed, else answered with 403.
      """,
    input: .none, result: .value,
    parameters: parameters + [stop],
    examples: [
      .init("listen 0 --secret whsec_test | get .url", "on any free port"),
      .init("listen 0 --fail-first 2; listen --stop", "let two attempts of each event fail"),
    ]
  ) { call throws(Interruption) in
    let receiver = call.session.receiver
    if try await call.value(stop) {
      guard let url = receiver.url else { throw .failure(notListening) }
      await receiver.stop()
      call.conclude(
        failed: 0, summary: "listen: stopped on \(url); \(receiver.log.deliveries.count) deliveries are kept")
      return .nothing
    }
    if let url = receiver.url {
      guard !parameters.contains(where: { call.isGiven($0) }) else { throw .failure(alreadyListening(url)) }
      return .value(record(receiver))
    }
    try await start(receiver, call)
    return .value(record(receiver))
  }

  private static let parameters: [any AnyParameter] = [
    port, WebhookSecrets.secret, WebhookSecrets.secretFile, EndpointSecrets.endpoint, EndpointSecrets.anyEndpoint,
    tolerance, forward, respond, save, failFirst, maximumBody,
  ]

  private static func record(_ receiver: SessionReceiver) -> JSONValue {
    ["url": receiver.url.map { .string($0) } ?? .null, "port": receiver.port.map { .number(JSONNumber($0)) } ?? .null]
  }

  private static func start(_ receiver: SessionReceiver, _ call: Call) async throws(Interruption) {
    try call.checkSecretsHaveOneSource()
    let session = call.session
    var configuration = ReceiverConfiguration(now: session.now, uptime: session.clock.uptime)
    let port = try await call.value(port) ?? defaultPort
    configuration.port = port
    configuration.failFirst = try await call.value(failFirst)
    configuration.maximumBodyBytes = try await call.value(maximumBody)
    configuration.network = NetworkSettings(environment: session.environment)
    switch (try await call.value(forward), try await call.value(respond)) {
    case (nil, nil): break
    case (let target?, nil): configuration.answer = .forward(target)
    case (nil, let status?): configuration.answer = .status(status)
    case (.some, .some): throw .failure(twoAnswers(call.span(of: respond)))
    }
    let (given, all) = try await call.secrets()
    var texts = given.map { $0.withoutLineBreak ?? $0.exact } ?? []
    let endpoints = try await call.endpointSecrets()
    if endpoints == nil, texts.isEmpty, !all.isEmpty, let secret = session.environment["MITTR_WEBHOOK_SECRET"] {
      texts = [secret]
    }
    let secrets = ReceiverSecrets(
      given: texts, endpoints: endpoints, toleranceSeconds: try await call.value(tolerance),
      client: session[ClientProviderKey.self]?.current, uptime: session.clock.uptime)
    configuration.diagnose = { request in await secrets.diagnose(request) }
    let notify = session.notify
    configuration.onDelivery = { delivery in notify(delivery.notice) }
    let folder = try await call.value(save)
    do throws(ReceiverError) {
      if let folder { configuration.folder = try DeliveryFolder(folder) }
      try await receiver.start(configuration, secrets)
    } catch {
      throw .failure(failure(error, port, call))
    }
  }

  // MARK: Arguments

  /// A port, alone or behind a name of this machine.
  private static let address = ParameterKind<Int>(.integer) { value throws(ConversionError) in
    var text = value.text
    if text.hasPrefix("http://") { text = String(text.dropFirst("http://".count)) }
    if text.hasSuffix("/") { text.removeLast() }
    if let colon = text.lastIndex(of: ":") {
      guard Loopback.isNamed(by: String(text[..<colon])) else {
        throw ConversionError("it listens on this machine alone: give a port, such as 4000")
      }
      text = String(text[text.index(after: colon)...])
    }
    guard let port = JSONNumber(text)?.int, 0...65_535 ~= port else {
      throw .expected("a port from 0 to 65535", got: value)
    }
    return port
  }

  private static let target = ParameterKind<ForwardTarget>(.text) { value throws(ConversionError) in
    guard case .string(let text, _) = value, let target = ForwardTarget(text) else {
      throw .expected("a URL such as http://127.0.0.1:8080/webhooks", got: value)
    }
    return target
  }

  // MARK: Messages

  private static func failure(_ error: ReceiverError, _ port: Int, _ call: Call) -> Failure {
    switch error {
    case .portInUse(let port):
      Failure(
        "port-in-use", "another program listens on port \(port) already", at: call.span(of: Self.port),
        help: "listen 0 takes any free port")
    case .portNotPermitted(let port):
      Failure(
        "port-not-permitted", "the system keeps port \(port) for others", at: call.span(of: Self.port),
        help: "take one above 1023")
    case .forwardsToItself:
      Failure(.badArgument, "--forward: this is the receiver itself", at: call.span(of: forward))
    case .folder(let path, let why):
      Failure(.fileError, "cannot save requests in \(path): \(why)", at: call.span(of: save))
    case .target(let text): Failure("listen-failed", "cannot forward: \(text)")
    case .system(let text): Failure("listen-failed", "cannot listen on port \(port): \(text)")
    }
  }

  private static func twoAnswers(_ span: SourceSpan?) -> Failure {
    Failure(
      .unexpectedArgument, "--respond has no place beside --forward", at: span,
      help: "what it is forwarded to answers: leave out one of the two")
  }

  static let notListening = Failure("not-listening", "nothing is listening", help: "listen 4000 starts it")

  private static func alreadyListening(_ url: String) -> Failure {
    Failure("already-listening", "it listens on \(url) already", help: "listen --stop ends that first")
  }
}

extension Session {
  /// The receiver, made when it is first asked for. It does not listen by itself.
  var receiver: SessionReceiver {
    if let receiver = self[ReceiverKey.self] { return receiver }
    let receiver = SessionReceiver()
    self[ReceiverKey.self] = receiver
    return receiver
  }
}
