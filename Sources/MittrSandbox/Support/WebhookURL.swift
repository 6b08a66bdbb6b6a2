#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An absolute `http` or `https` URL that events can be posted to.
struct WebhookURL: Sendable, Hashable {
  /// The text as it was given.
  let text: String
  let isSecure: Bool
  /// Without the brackets of an IPv6 address.
  let host: String
  let port: Int
  /// Path and query as they stand in the text, at least `/`.
  let target: String

  /// nil for another scheme, a missing host, a user or password, characters that a URL cannot hold, or more than 2,048
  /// bytes.
  init?(_ text: String) {
    guard text.utf8.count <= 2048, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
      let parts = URLComponents(string: text), parts.user == nil, parts.password == nil,
      let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https",
      let host = parts.host, !host.isEmpty, parts.port.map({ 1...65_535 ~= $0 }) ?? true
    else { return nil }
    self.text = text
    isSecure = scheme == "https"
    self.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    port = parts.port ?? (scheme == "https" ? 443 : 80)
    let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
    target = path + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
  }

  /// `host:port`, with brackets around an IPv6 address; the scheme's usual port is left out.
  var authority: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }
}
