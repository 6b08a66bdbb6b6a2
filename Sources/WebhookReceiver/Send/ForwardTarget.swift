import Basics

/// Where deliveries are passed on to: an `http` or `https` URL. `localhost:3000` and `:3000` are short for one of this
/// machine.
///
/// With a path the URL is where every delivery goes; without one, each delivery's own path and query are kept.
public struct ForwardTarget: Sendable, Hashable {
  /// The URL.
  public let text: String
  let host: String
  let port: Int
  private let hasPath: Bool

  /// - Returns: nil when the text is no such URL, or holds a user's name.
  public init?(_ text: String) {
    let text = Self.completed(text)
    let schemes = [("http://", 80), ("https://", 443)]
    guard let (scheme, defaultPort) = schemes.first(where: { text.lowercased().hasPrefix($0.0) }),
      text.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
    else { return nil }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { !"/?#".contains($0) }
    guard !authority.contains("@"), !rest.contains("#") else { return nil }
    var (host, port) = (String(authority), defaultPort)
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      guard let number = Int(authority[authority.index(after: colon)...]), 1...65_535 ~= number else { return nil }
      (host, port) = (String(authority[..<colon]), number)
    }
    guard !host.isEmpty else { return nil }
    self.text = text
    self.host = host.lowercased()
    self.port = port
    let path = rest.dropFirst(authority.count)
    hasPath = !path.isEmpty && path != "/"
  }

  /// The URL that a short form stands for; anything else as it is.
  private static func completed(_ text: String) -> String {
    guard !text.contains("://") else { return text }
    if text.hasPrefix(":") { return "http://localhost" + text }
    // A host without a port is rather a word that was meant otherwise.
    let authority = text.prefix { !"/?#".contains($0) }
    return URLAuthority(String(authority))?.port == nil ? text : "http://" + text
  }

  /// Whether it names a port of this machine, without asking anybody.
  func isLoopback(port: Int) -> Bool { port == self.port && Loopback.isNamed(by: host) }

  func url(for request: ReceivedRequest) -> String { url(forTarget: request.originTarget) }

  /// The URL for a delivery that came to a path and query of its own.
  public func url(forTarget target: String) -> String {
    if hasPath { return text }
    return (text.hasSuffix("/") ? String(text.dropLast()) : text) + (target.hasPrefix("/") ? target : "/" + target)
  }
}

/// The names of the own machine.
public enum Loopback {
  /// Whether a URL's host is the own machine by its name alone.
  public static func isNamed(by host: String) -> Bool {
    // An IPv6 address has brackets in a URL, and may come without them.
    (URLAuthority(host) ?? URLAuthority("[\(host)]"))?.isLoopback ?? false
  }
}
