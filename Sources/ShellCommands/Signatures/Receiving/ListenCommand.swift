import Interpreter
import OrderedJSON
import WebhookReceiver

enum ListenCommand {
  private static let stop = Parameter.flag(
    "stop", "stop listening, on all ports or the one given; the deliveries are kept")

  static let command = Command(
    "listen", topic: .signatures, "receives deliveries on this machine, verifies them and keeps them",
    discussion: """
      It goes on while you work, until listen --stop or the end of the session. Each delivery is told of; deliveries lists
      them and $deliveries holds them. It answers 200, or 401 when the signature does not hold. At the end of a script it ends
      too: deliveries --follow keeps both going. Several can listen side by side, each on its port.

      Without a secret it uses those of the endpoints whose URL is this receiver or a tunnel to it, once the session has
      talked to the server, or where MITTR_API_KEY is set. --endpoint takes the secret of that endpoint, and --any-endpoint
      that of the endpoint that signed the delivery, wherever its URL leads: both ask the server at once. The newest 1,000 deliveries are kept, 64 MiB at
      most. A HEAD, GET or OPTIONS without Mittr's headers is a health probe: it gets 200, and is no delivery. What is refused
      before it is one (413, 431, 400, TLS, HTTP/2) is told, a line a second at most.

      Nobody but this machine can connect, unless --bind opens the port; a request for another host's name, as a tunnel sends
      it, is passed on only when it is signed, else answered with 403. The hosted platform reaches it by a tunnel such as
      cloudflared tunnel --url http://localhost:4000, or ngrok http 4000: the endpoint's URL is the one that the tunnel says.
      """,
    input: .none, result: .value,
    parameters: ListenOptions.all + [stop],
    searchWords: ["receive", "tunnel", "ngrok", "catch", "inspect", "requestbin"],
    examples: [
      .init("listen 0 --secret whsec_test | get .url", "on any free port"),
      .init("listen 0 --fail-first 2; listen --stop", "let two attempts of each event fail"),
      .init("listen 0 --route 'order.*=localhost:3000/orders' --forward :3001; listen --stop", "pass on by type"),
    ]
  ) { call throws(Interruption) in
    let receivers = call.session.receivers
    if try await call.value(stop) { return try await stop(receivers, call) }
    if let receiver = receivers.running.last, !ListenOptions.all.contains(where: { call.isGiven($0) }) {
      return .value(record(receiver))
    }
    return .value(record(try await start(receivers, call)))
  }

  private static func record(_ receiver: Receiver) -> JSONValue {
    ["url": .string(receiver.url), "port": .number(JSONNumber(receiver.port))]
  }

  private static func stop(_ receivers: SessionReceivers, _ call: Call) async throws(Interruption) -> Output {
    let port = try await call.value(ListenOptions.port)
    let stopped = receivers.running.filter { port == nil || $0.port == port }
    guard !stopped.isEmpty else { throw .failure(notListening(port: port)) }
    for receiver in stopped { await receivers.stop(receiver) }
    call.conclude(
      failed: 0,
      summary: "listen: stopped on \(stopped.map(\.url).joined(separator: " and ")); "
        + "\(receivers.log.deliveries.count) deliveries are kept")
    return .nothing
  }

  private static func start(_ receivers: SessionReceivers, _ call: Call) async throws(Interruption) -> Receiver {
    try call.checkSecretsHaveOneSource()
    let session = call.session
    var configuration = try await ListenOptions.configuration(call)
    let port = configuration.port
    if let url = receivers.receiver(port: port)?.url { throw .failure(alreadyListening(url)) }
    if let host = configuration.host, let why = openness(host) {
      call.warn(
        "open-port", why, help: "deliveries are verified, and only signed ones passed on, where a secret is known")
    }
    // To make the client sends nothing.
    if session.environment["MITTR_API_KEY"]?.isEmpty == false {
      _ = try? await session[ClientProviderKey.self]?.client()
    }
    let secrets = try await secrets(call)
    configuration.diagnose = { request in await secrets.diagnose(request) }
    let (notify, types) = (session.notify, receivers.eventTypes)
    configuration.eventType = { request in types.type(of: request) }
    let isSecond = !receivers.running.isEmpty
    configuration.onDelivery = { delivery in
      types.lookUp(delivery.request)
      notify(delivery.notice(eventType: types.type(of: delivery.request), tellsPort: isSecond))
    }
    let refusals = RefusalNotices(uptime: session.clock.uptime, notify: notify)
    configuration.onRefusal = { refusal in refusals.tell(refusal) }
    let folder = try await call.value(ListenOptions.save)
    do throws(ReceiverError) {
      if let folder { configuration.folder = try DeliveryFolder(folder) }
      return try await receivers.start(configuration, secrets)
    } catch {
      throw .failure(failure(error, configuration, call))
    }
  }

  private static func secrets(_ call: Call) async throws(Interruption) -> ReceiverSecrets {
    let session = call.session
    let (given, all) = try await call.secrets()
    var texts = given.map { $0.withoutLineBreak ?? $0.exact } ?? []
    let endpoints = try await call.endpointSecrets()
    if endpoints == nil, texts.isEmpty, !all.isEmpty, let secret = session.environment["MITTR_WEBHOOK_SECRET"] {
      texts = [secret]
    }
    return ReceiverSecrets(
      given: texts, endpoints: endpoints, toleranceSeconds: try await ListenOptions.tolerance(call),
      client: session[ClientProviderKey.self]?.current, uptime: session.clock.uptime)
  }

  // MARK: Messages

  /// What a person is warned of; nil for an address that only this machine reaches.
  static func openness(_ host: String) -> String? {
    guard !Loopback.isNamed(by: host) else { return nil }
    let address = ["0.0.0.0", "::"].contains(host) ? "every address of this machine" : host
    return "it listens at \(address): everything that reaches it can send to this receiver"
  }

  private static func failure(_ error: ReceiverError, _ configuration: ReceiverConfiguration, _ call: Call) -> Failure {
    switch error {
    case .portInUse(let port):
      Failure(
        "port-in-use", "another program listens on port \(port) already", at: call.span(of: ListenOptions.port),
        help: "listen 0 takes any free port")
    case .portNotPermitted(let port):
      Failure(
        "port-not-permitted", "the system keeps port \(port) for others", at: call.span(of: ListenOptions.port),
        help: "take one above 1023")
    case .noSuchAddress:
      Failure(
        "listen-failed", "this machine has no address \(configuration.host ?? "")",
        at: call.span(of: ListenOptions.bind),
        help: "--bind 0.0.0.0 stands for all that it has")
    case .forwardsToItself:
      Failure(.badArgument, "--forward: this is the receiver itself", at: call.span(of: ListenOptions.forward))
    case .folder(let path, let why):
      Failure(.fileError, "cannot save requests in \(path): \(why)", at: call.span(of: ListenOptions.save))
    case .target(let text): Failure("listen-failed", "cannot forward: \(text)")
    case .system(let text): Failure("listen-failed", "cannot listen on port \(configuration.port): \(text)")
    }
  }

  /// - Parameter port: that nothing listens on; nil where nothing listens at all.
  static func notListening(port: Int? = nil) -> Failure {
    Failure(
      "not-listening", "nothing is listening\(port.map { " on port \($0)" } ?? "")",
      help: "listen \(port ?? ListenOptions.defaultPort) starts it")
  }

  private static func alreadyListening(_ url: String) -> Failure {
    Failure("already-listening", "it listens on \(url) already", help: "listen --stop ends that first")
  }
}
