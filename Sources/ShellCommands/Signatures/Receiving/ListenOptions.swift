import Interpreter
import MittrWebhooks
import OrderedJSON
import OutboundHTTP
import WebhookReceiver

/// The parameters of `listen`, and the configuration that they come to.
enum ListenOptions {
  static let port = Parameter.optionalPositional(
    "port", address,
    "the port on this machine, 0 for any free one; 4000 without it. :4000 and localhost:4000 are the same")
  private static let tolerance = Parameter.option(
    "tolerance", .integer(in: 0...Int.max), default: WebhookVerifier.defaultToleranceSeconds,
    "how far a timestamp may be from now, in seconds", defaultText: "300")
  static let forward = Parameter.option(
    "forward", target,
    "pass deliveries on to this URL, such as localhost:3000, and answer what it answers; without a path, each keeps its own"
  )
  private static let route = Parameter.repeatedOption(
    "route", routed,
    "a pattern of event types and where they are passed on to: 'order.*=localhost:3000/orders'; the first that fits")
  private static let insecure = Parameter.flag(
    "insecure", "with --forward or --route: take any certificate, a self-signed one too")
  private static let forwardTimeout = Parameter.option(
    "forward-timeout", .duration(atLeast: .milliseconds(1)), default: .seconds(30),
    "with --forward or --route: how long an answer may take", defaultText: "30s")
  private static let respond = Parameter.option(
    "respond", .integer(in: 200...599), "answer this status to every delivery")
  private static let respondBody = Parameter.option(
    "respond-body", .text, "with --respond: the text of the answer")
  private static let respondInvalid = Parameter.option(
    "respond-invalid", .integer(in: 200...599),
    "answer this status where the signature does not hold, and pass nothing on then; without it 401, or what the target says"
  )
  static let save = Parameter.option(
    "save", .file, "a folder for the raw requests, a file each; verify --request reads them")
  private static let failFirst = Parameter.option(
    "fail-first", .integer(in: 0...1000), default: 0, "answer 500 to the first attempts of each event, so many",
    defaultText: "0")
  private static let maximumBody = Parameter.option(
    "max-body", .integer(in: 0...1_000_000_000), default: 10_000_000, "answer 413 to larger bodies, in bytes",
    defaultText: "10000000")
  static let bind = Parameter.option(
    "bind", bindAddress, "listen at this address of the machine, so that others reach it: 0.0.0.0 stands for all")

  static let all: [any AnyParameter] = [
    port, WebhookSecrets.secret, WebhookSecrets.secretFile, EndpointSecrets.endpoint, EndpointSecrets.anyEndpoint,
    tolerance, forward, route, insecure, forwardTimeout, respond, respondBody, respondInvalid, save, failFirst,
    maximumBody, bind,
  ]

  static let defaultPort = 4000

  static func tolerance(_ call: Call) async throws(Interruption) -> Int { try await call.value(tolerance) }

  /// What the arguments ask for; secrets and what is told are not in it.
  static func configuration(_ call: Call) async throws(Interruption) -> ReceiverConfiguration {
    let session = call.session
    var configuration = ReceiverConfiguration(now: session.now, uptime: session.clock.uptime)
    configuration.port = try await call.value(port) ?? defaultPort
    configuration.host = try await call.value(bind) ?? nil
    configuration.failFirst = try await call.value(failFirst)
    configuration.maximumBodyBytes = try await call.value(maximumBody)
    configuration.network = NetworkSettings(environment: session.environment)
    configuration.forwardTimeout = try await call.value(forwardTimeout)
    configuration.verifiesCertificates = try await !call.value(insecure)
    configuration.invalidStatus = try await call.value(respondInvalid)
    let table = RouteTable(try await call.value(route), rest: try await call.value(forward))
    if !table.routes.isEmpty {
      try call.refuse(
        [respond, respondBody], beside: call.isGiven(forward) ? "--forward" : "--route", help: twoAnswers)
      configuration.answer = .routes(table)
    } else {
      try call.refuse([insecure, forwardTimeout], without: "--forward or --route")
      if let status = try await call.value(respond) {
        try call.refuse([respondInvalid], beside: "--respond", help: twoAnswers)
        configuration.answer = .status(status, body: try await call.value(respondBody))
      } else {
        try call.refuse([respondBody], without: "--respond")
      }
    }
    return configuration
  }

  // MARK: Arguments

  /// A port, alone or behind a name of this machine.
  private static let address = ParameterKind<Int>(.integer) { value throws(ConversionError) in
    var text = value.text
    if text.hasPrefix("http://") { text = String(text.dropFirst("http://".count)) }
    if text.hasSuffix("/") { text.removeLast() }
    if let colon = text.lastIndex(of: ":") {
      guard colon == text.startIndex || Loopback.isNamed(by: String(text[..<colon])) else {
        throw ConversionError("it listens on this machine alone: give a port, such as 4000; --bind opens it to others")
      }
      text = String(text[text.index(after: colon)...])
    }
    guard let port = JSONNumber(text)?.int, 0...65_535 ~= port else {
      throw .expected("a port from 0 to 65535", got: value)
    }
    return port
  }

  /// A URL, or the port of one on this machine.
  static let target = ParameterKind<ForwardTarget>(.text) { value throws(ConversionError) in
    let text: String? =
      switch value {
      case .string(let text, _): text.allSatisfy(\.isNumber) ? ":" + text : text
      case .number(let number): ":" + number.text
      default: nil
      }
    guard let target = text.flatMap(ForwardTarget.init) else {
      throw .expected("a URL such as http://127.0.0.1:8080/webhooks, or localhost:8080", got: value)
    }
    return target
  }

  static let routed = ParameterKind<RouteTable.Route>(.text) { value throws(ConversionError) in
    guard case .string(let text, _) = value, let route = RouteTable.Route(text) else {
      throw .expected("a pattern and a URL such as 'order.*=localhost:3000/orders'", got: value)
    }
    return route
  }

  /// An address of this machine; nil for the loopback ones, which are the default.
  private static let bindAddress = ParameterKind<String?>(.text) { value throws(ConversionError) in
    guard case .string(var text, _) = value else { throw .expected("an address such as 0.0.0.0", got: value) }
    if text == "localhost" { return nil }
    if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
    guard IPAddress(text) != nil else { throw .expected("an address such as 0.0.0.0", got: value) }
    return text
  }

  private static let twoAnswers = "each says what is answered: leave out one of the two"
}
