/// Which proxy leads to which host: what curl reads from the environment.
package struct ProxySettings: Sendable, Hashable {
  /// For `http` URLs, such as `http://proxy.example.com:3128`.
  package var http: String?
  /// For `https` URLs.
  package var https: String?
  /// For URLs of both kinds that have none of their own.
  package var all: String?
  /// Hosts that are reached without a proxy, such as `localhost,.example.com,10.0.0.0/8`; `*` is all of them.
  package var exclusions = ""

  /// No proxy.
  package init() {}

  /// Reads `http_proxy` (lower case only: a web server takes `HTTP_PROXY` from whoever sends it a `Proxy` header),
  /// and `https_proxy`, `all_proxy` and `no_proxy` in lower case or else in upper case. An empty variable counts for none.
  package init(environment: [String: String]) {
    func variable(_ names: String...) -> String? {
      for name in names { if let value = environment[name], !value.isEmpty { return value } }
      return nil
    }
    http = variable("http_proxy")
    https = variable("https_proxy", "HTTPS_PROXY")
    all = variable("all_proxy", "ALL_PROXY")
    exclusions = variable("no_proxy", "NO_PROXY") ?? ""
  }

  /// - Throws: `.invalidProxy` when the proxy that is meant cannot be used.
  func proxy(to origin: Origin) throws(ExchangeFailure) -> Proxy? {
    guard let text = (origin.isSecure ? https : http) ?? all, !text.isEmpty,
      !ProxyExclusions(exclusions).cover(origin)
    else { return nil }
    return try Proxy(text)
  }
}

/// A proxy's URL may hold a password.
extension ProxySettings: CustomStringConvertible, CustomReflectable {
  package var description: String { "ProxySettings" }

  package var customMirror: Mirror { Mirror(self, children: ["exclusions": exclusions]) }
}
