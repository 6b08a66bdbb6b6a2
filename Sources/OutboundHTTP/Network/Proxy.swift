import Basics

/// A server that passes requests on: what a text such as `http://user:password@proxy.example.com:3128` says.
package struct Proxy: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case http
    case socks5
  }

  struct Credentials: Sendable, Hashable {
    let user: String
    let password: String
  }

  let kind: Kind
  let host: String
  let port: Int
  let credentials: Credentials?

  /// Where a proxy listens that names no port, as curl has it.
  private static let usualPort = 1080

  /// - Throws: `.invalidProxy`. The message does not quote the text, which may hold a password.
  init(_ text: String) throws(ExchangeFailure) {
    var rest = text[...]
    var kind = Kind.http
    if let end = text.firstRange(of: "://") {
      switch text[..<end.lowerBound].lowercased() {
      case "http": kind = .http
      case "socks5", "socks5h": kind = .socks5
      case "https":
        throw Self.invalid("it is spoken to with TLS, which is not supported; use an http:// or socks5:// proxy")
      default: throw Self.invalid("only http://, socks5:// and socks5h:// proxies are supported")
      }
      rest = text[end.upperBound...]
    }
    var authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    var credentials: Credentials?
    if let at = authority.lastIndex(of: "@") {
      credentials = try Self.credentials(authority[..<at])
      authority = authority[authority.index(after: at)...]
    }
    guard authority.utf8.allSatisfy({ 0x21...0x7E ~= $0 }), let parts = Authority(authority) else {
      throw Self.invalid("write it as http://HOST:PORT")
    }
    guard kind == .http || credentials == nil else {
      throw Self.invalid("a user and a password are supported for http:// proxies only")
    }
    self.kind = kind
    host = parts.host
    port = parts.port ?? Self.usualPort
    self.credentials = credentials
  }

  /// `host:port`, without credentials.
  var address: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)" }

  private static func credentials(_ text: Substring) throws(ExchangeFailure) -> Credentials {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let user = PercentCoding.decoded(parts[0]),
      let password = PercentCoding.decoded(parts.count > 1 ? parts[1] : "")
    else {
      throw invalid("its user or password is not percent-encoded as it must be")
    }
    return Credentials(user: user, password: password)
  }

  private static func invalid(_ why: String) -> ExchangeFailure {
    ExchangeFailure(.invalidProxy, mayHaveReachedServer: false, "the proxy in the settings cannot be used: \(why)")
  }
}

/// It has a password.
extension Proxy: CustomStringConvertible, CustomReflectable {
  package var description: String { address }

  package var customMirror: Mirror { Mirror(self, children: ["address": address]) }
}
