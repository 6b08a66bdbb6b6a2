import OutboundHTTP

/// Decides where deliveries may go, and how a URL is reached.
struct DestinationPolicy: Sendable {
  let allowRemote: Bool
  /// Where the sandbox itself listens.
  let ownAuthority: String

  /// The name under which an endpoint's URL can mean the sandbox itself, whatever its port: its seeded endpoints post to
  /// its own receivers. Names below `localhost` never leave the machine (RFC 6761).
  static let ownHost = "sandbox.localhost"

  /// What to connect to, and which host to ask for there.
  struct Route: Sendable, Hashable {
    let url: String
    /// nil to ask for the URL's own.
    let host: String?
  }

  /// Why a URL is not delivered to; the text becomes the event's `lastError`.
  struct Refusal: Error, Hashable {
    let message: String
  }

  /// A plain `http` URL is reached at the very address that was checked, so that a name which resolves differently a
  /// moment later cannot lead elsewhere. With `https` the name stays, for the certificate.
  func route(to url: WebhookURL) async throws(Refusal) -> Route {
    if !url.isSecure, url.host.lowercased() == Self.ownHost {
      return Route(url: "http://\(ownAuthority)\(url.target)", host: url.authority)
    }
    guard !allowRemote else { return Route(url: url.text, host: nil) }
    guard let ip = await HostResolver.system.address(url.host) else {
      throw Refusal(message: "'\(url.host)' does not resolve")
    }
    guard Self.isLoopback(ip) else {
      throw Refusal(message: "'\(url.host)' is not a loopback address, and remote deliveries are not allowed")
    }
    guard !url.isSecure else { return Route(url: url.text, host: nil) }
    let literal = ip.utf8.contains(UInt8(ascii: ":")) ? "[\(ip)]" : ip
    return Route(url: "http://\(literal):\(url.port)\(url.target)", host: url.authority)
  }

  /// Whether a route leads to this machine, and so needs no proxy. Without remote deliveries every one does.
  func isOnThisMachine(_ host: String) -> Bool {
    !allowRemote || host == "localhost" || host.hasSuffix(".localhost") || Self.isLoopback(host)
  }

  private static func isLoopback(_ ip: String) -> Bool {
    IPAddress(ip)?.isLoopback == true
  }
}
