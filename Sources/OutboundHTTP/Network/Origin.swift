/// Where a URL leads: its scheme, host and port.
package struct Origin: Sendable, Hashable {
  package let isSecure: Bool
  /// In lower case, without the brackets of an IPv6 address.
  package let host: String
  package let port: Int

  /// nil when the text is not an absolute `http` or `https` URL with a host.
  package init?(_ url: String) {
    let schemes = [("http://", false), ("https://", true)]
    guard let (scheme, isSecure) = schemes.first(where: { url.prefix($0.0.count).lowercased() == $0.0 }) else {
      return nil
    }
    let authority = url.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    guard
      let parts = Authority(authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority)
    else { return nil }
    self.isSecure = isSecure
    host = parts.host
    port = parts.port ?? (isSecure ? 443 : 80)
  }

  /// `host:port`, with brackets around an IPv6 address; the scheme's usual port is left out.
  package var text: String { port == (isSecure ? 443 : 80) ? name : authority }

  /// `host:port`, whatever the port.
  var authority: String { "\(name):\(port)" }

  private var name: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host }
}

/// `host[:port]`, with brackets around an IPv6 address.
struct Authority {
  /// In lower case, without brackets.
  let host: String
  let port: Int?

  /// nil without a host, or with an invalid port.
  init?(_ text: Substring) {
    var name = text
    var port: Int?
    if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
      let digits = text[text.index(after: colon)...]
      guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
      if !digits.isEmpty {
        guard let number = Int(digits), 1...65_535 ~= number else { return nil }
        port = number
      }
      name = text[..<colon]
    }
    if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
    guard !name.isEmpty else { return nil }
    host = name.lowercased()
    self.port = port
  }
}
