import Interpreter
import MittrSDK
import MittrWebhooks
import Synchronization
import WebhookReceiver

/// The secrets that deliveries are verified with: those given, or else those of the endpoints whose URL is the receiver, or
/// a tunnel to it. That it is a tunnel shows when a delivery comes that is signed with such an endpoint's secret.
///
/// Endpoints are asked for only by a session that has talked to its server already, and only when a delivery comes that
/// no secret known so far verifies.
final class ReceiverSecrets: Sendable {
  private struct State {
    var port = 0
    /// By the path of the endpoint's URL.
    var found: [(path: String, secret: String)] = []
    /// Of the endpoints whose URLs are elsewhere.
    var elsewhere: [String] = []
    /// Of the endpoints given, those that signed a delivery, by the path that it came to.
    var signers: [String: WebhookSecret] = [:]
    var lookup: Task<Void, Never>?
    /// When the next lookup may begin, by `uptime`; nil for at once.
    var pauseEnd: Duration?
    var hasStopped = false
  }

  private let given: [String]
  private let endpoints: EndpointSecrets?
  private let toleranceSeconds: Int
  private let client: CurrentClient?
  private let uptime: @Sendable () -> Duration
  private let state = Mutex(State())

  /// Endpoints that are looked at.
  private static let mostEndpoints = 1000
  /// So many bytes are hashed at most to find out whose secret a delivery was signed with: 64 MiB.
  private static let mostHashed = 64 << 20

  /// How long nothing is looked up after a lookup that found nothing new.
  static let pause = Duration.seconds(10)

  /// - Parameters:
  ///   - endpoints: among which the secret is looked for, instead of among those that lead here.
  ///   - uptime: the time since some fixed moment.
  init(
    given: [String], endpoints: EndpointSecrets? = nil, toleranceSeconds: Int, client: CurrentClient?,
    uptime: @escaping @Sendable () -> Duration
  ) {
    self.given = given
    self.endpoints = endpoints
    self.toleranceSeconds = toleranceSeconds
    self.client = client
    self.uptime = uptime
  }

  func setPort(_ port: Int) { state.withLock { $0.port = port } }

  func known(path: String?) -> [WebhookSecret] {
    guard given.isEmpty else { return given.map { WebhookSecret($0) } }
    if let endpoints {
      if endpoints.all.count == 1 { return endpoints.all.map(\.secret) }
      return state.withLock { $0.signers[path ?? ""].map { [$0] } ?? [] }
    }
    let found = state.withLock { $0.found }
    let fitting = found.filter { $0.path == path }
    return (fitting.isEmpty ? found : fitting).map { WebhookSecret($0.secret) }
  }

  func diagnose(_ request: ReceivedRequest) async -> Finding {
    if let endpoints { return diagnose(request, among: endpoints) }
    await findSecret(of: request)
    let secrets = known(path: request.path)
    guard !secrets.isEmpty else { return .unverified }
    return .verified(doctor(secrets, for: request).diagnose(Self.source(of: request)))
  }

  private func doctor(_ secrets: [WebhookSecret], for request: ReceivedRequest) -> SignatureDoctor {
    let now = Int(clamping: request.receivedAt)
    return SignatureDoctor(
      secret: secrets.first ?? WebhookSecret(""), previousSecrets: Array(secrets.dropFirst()),
      toleranceSeconds: toleranceSeconds, now: { now })
  }

  private static func source(of request: ReceivedRequest) -> DeliverySource {
    DeliverySource(headers: request.headers.map { ($0.name, $0.value) }, body: request.body)
  }

  /// By the secret of the endpoint that signed it, or else of the one that came to this path before.
  private func diagnose(_ request: ReceivedRequest, among endpoints: EndpointSecrets) -> Finding {
    let source = Self.source(of: request)
    let most = Self.mostHashed / max(1024, request.body.count)
    let secret = endpoints.fitting(source, most: most)?.secret
    // A single one is not asked whether it signed: anybody could fill the memory with paths.
    if let secret, !endpoints.isNamed { state.withLock { $0.signers[request.path] = secret } }
    if let secret = secret ?? known(path: request.path).first {
      return .verified(doctor([secret], for: request).diagnose(source))
    }
    let found = endpoints.explaining { doctor([$0], for: request).diagnose(source) }
    return found.map { .verified($0.diagnosis) } ?? .unverified
  }

  /// Asks for endpoints if none of the known secrets is the right one, and asking may help.
  private func findSecret(of request: ReceivedRequest) async {
    guard given.isEmpty, client?.mittr != nil, request.header(WebhookHeaderName.signature) != nil,
      !isAuthentic(request)
    else { return }
    if takeTunnel(of: request) { return }
    // One that was under way already may have begun before the endpoint was made.
    if let running = state.withLock({ $0.lookup }) {
      await running.value
      if isAuthentic(request) || takeTunnel(of: request) { return }
    }
    guard let lookup = lookup() else { return }
    await lookup.value
    if !isAuthentic(request) { _ = takeTunnel(of: request) }
  }

  /// Takes the endpoint elsewhere whose secret a delivery was signed with for one that a tunnel leads here from.
  private func takeTunnel(of request: ReceivedRequest) -> Bool {
    let candidates = state.withLock { $0.elsewhere }
    let most = Self.mostHashed / max(1024, request.body.count)
    guard let tunnel = candidates.prefix(most).first(where: { Self.isRight($0, for: request) }) else { return false }
    state.withLock { state in
      guard !state.found.contains(where: { $0.secret == tunnel }) else { return }
      // Whatever path the tunnel leads to: the next delivery comes to the same.
      state.found.append((request.path, tunnel))
    }
    return true
  }

  private static func isRight(_ secret: String, for request: ReceivedRequest) -> Bool {
    source(of: request).isAuthentic(under: WebhookSecret(secret))
  }

  /// Whether the signature is right by a known secret, be it fresh or not. Much cheaper than the doctor.
  private func isAuthentic(_ request: ReceivedRequest) -> Bool {
    let secrets = known(path: request.path)
    guard let first = secrets.first else { return false }
    let now = Int(clamping: request.receivedAt)
    let verifier = WebhookVerifier(secret: first, previousSecrets: Array(secrets.dropFirst()), now: { now })
    do throws(WebhookVerificationError) {
      try verifier.verify(headers: request.headers.map { ($0.name, $0.value) }, body: request.body)
      return true
    } catch {
      switch error {
      case .staleTimestamp, .futureTimestamp: return true
      default: return false
      }
    }
  }

  // MARK: Looking endpoints up

  /// Gives up a lookup that is under way; none is begun afterwards. The secrets found so far are kept.
  func stopLookups() {
    let lookup = state.withLock { state in
      state.hasStopped = true
      return state.lookup
    }
    lookup?.cancel()
  }

  /// The lookup that is under way, or a new one; nil where it is too early for one.
  private func lookup() -> Task<Void, Never>? {
    state.withLock { state in
      if let lookup = state.lookup { return lookup }
      if state.hasStopped { return nil }
      if let end = state.pauseEnd, uptime() < end { return nil }
      let lookup = Task { await self.lookUp() }
      state.lookup = lookup
      return lookup
    }
  }

  private func lookUp() async {
    let port = state.withLock { $0.port }
    var found: [(path: String, secret: String)] = []
    var elsewhere: [String] = []
    if let mittr = client?.mittr {
      var endpoints = mittr.endpointRecords.iterate(ListParameters(), maximum: Self.mostEndpoints).makeAsyncIterator()
      while let endpoint = try? await endpoints.next() {
        let path = (endpoint["url"]?.stringValue).flatMap { Self.path(of: $0, port: port) }
        var secret = endpoint["secret"]?.stringValue
        if secret == nil, let id = endpoint["id"]?.stringValue {
          secret = try? await mittr.endpointRecords.get(id)["secret"]?.stringValue
        }
        guard let secret, !secret.isEmpty else { continue }
        if let path { found.append((path, secret)) } else { elsewhere.append(secret) }
      }
    }
    state.withLock { state in
      state.lookup = nil
      guard !state.hasStopped else { return }
      let tunnels = state.found.filter { tunnel in elsewhere.contains(tunnel.secret) }
      let isNew = !found.isEmpty && !(found + tunnels).elementsEqual(state.found, by: ==)
      if isNew { state.found = found + tunnels }
      state.elsewhere = elsewhere
      // Anybody may send what no secret verifies, and as often as he likes.
      state.pauseEnd = isNew ? nil : uptime() + Self.pause
    }
  }

  /// The path of a URL that leads to a port of this machine; nil for any other URL.
  private static func path(of url: String, port: Int) -> String? {
    guard url.lowercased().hasPrefix("http://") else { return nil }
    let rest = url.dropFirst("http://".count)
    let authority = rest.prefix { !"/?#".contains($0) }
    guard authority.hasSuffix(":\(port)"), Loopback.isNamed(by: String(authority.dropLast("\(port)".count + 1))) else {
      return nil
    }
    let path = rest.dropFirst(authority.count).prefix { $0 != "?" && $0 != "#" }
    return path.isEmpty ? "/" : String(path)
  }
}
