/// Where the server is: `scheme://host[:port][/prefix]`, without a slash at the end.
struct BaseURL: Sendable {
  /// Ready for a path that starts with a slash to be appended.
  let text: String

  /// - Throws: `MittrError` (`INVALID_REQUEST`) that says what is wrong. It does not quote what stands before an `@`,
  ///   which may be a password.
  init(_ text: String) throws(MittrError) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw Self.invalid("it contains white space, control or non-ASCII characters")
    }
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else {
      throw Self.invalid("it has no scheme; write https://HOST")
    }
    let scheme = text[..<colon].lowercased()
    guard scheme == "https" || scheme == "http" else { throw Self.invalid("its scheme is not https or http") }
    let rest = text[colon...].dropFirst(3)
    let pathStart = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
    try Self.checkAuthority(rest[..<pathStart])
    var path = rest[pathStart...]
    guard !path.contains("?"), !path.contains("#") else { throw Self.invalid("it has a query or a fragment") }
    guard path.utf8.allSatisfy({ $0.isUnreserved || "/%:@!$&'()*+,;=".utf8.contains($0) }) else {
      throw Self.invalid("its path contains a character that must be percent-encoded")
    }
    while path.hasSuffix("/") { path.removeLast() }
    self.text = scheme + "://" + rest[..<pathStart] + path
  }

  private static func checkAuthority(_ authority: Substring) throws(MittrError) {
    guard !authority.contains("@") else { throw invalid("it contains a user name; the API key goes into apiKey") }
    var host = authority
    if !authority.hasSuffix("]"), let colon = authority.lastIndex(of: ":") {
      host = authority[..<colon]
      let port = authority[authority.index(after: colon)...]
      guard port.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Int(port),
        1...65_535 ~= number
      else { throw invalid("its port is not a number from 1 to 65535") }
    }
    guard !host.isEmpty else { throw invalid("it has no host") }
    let isAddress = host.hasPrefix("[") && host.hasSuffix("]") && host.count > 2
    let isHost =
      isAddress
      ? host.dropFirst().dropLast().utf8.allSatisfy { $0.isUnreserved || $0 == UInt8(ascii: ":") }
      : host.utf8.allSatisfy(\.isUnreserved)
    guard isHost else { throw invalid("its host contains a character that no host has") }
  }

  private static func invalid(_ problem: String) -> MittrError {
    .invalidRequest("the base URL is not usable: \(problem)")
  }
}
