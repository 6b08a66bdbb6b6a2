/// A host with an optional port, as a URL and a `Host` header spell them: `localhost:4000`, `[::1]`, `example.com`.
package struct URLAuthority: Sendable, Hashable {
  /// In lower case, without a dot at its end. An IPv6 address has its shortest spelling and no brackets.
  package let host: String
  /// nil when none is given.
  package let port: Int?

  /// - Returns: nil when the text is anything else, or holds a user's name.
  package init?(_ text: String) {
    guard text.utf8.count <= 300 else { return nil }
    let host: String
    let rest: Substring
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]"), let address = Self.ipv6(text[text.index(after: text.startIndex)..<end])
      else { return nil }
      (host, rest) = (address, text[text.index(after: end)...])
    } else {
      let end = text.firstIndex(of: ":") ?? text.endIndex
      var name = text[..<end].lowercased()
      if name.hasSuffix(".") { name.removeLast() }
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isHostByte) else { return nil }
      (host, rest) = (name, text[end...])
    }
    self.host = host
    if rest.isEmpty || rest == ":" {
      port = nil
    } else {
      let digits = rest.dropFirst()
      guard rest.hasPrefix(":"), digits.utf8.count <= 5, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let port = Int(digits), port <= 65_535
      else { return nil }
      self.port = port
    }
  }

  /// Whether the host is this machine by its name alone: `localhost`, a name below it (RFC 6761), or a loopback address.
  package var isLoopback: Bool {
    if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
    let mapped = "::ffff:"
    return Self.isLoopbackIPv4(host.hasPrefix(mapped) ? String(host.dropFirst(mapped.count)) : host)
  }

  /// A letter, a digit, or one of `-._`.
  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
    default: false
    }
  }

  private static func isLoopbackIPv4(_ text: String) -> Bool {
    var address = in_addr()
    guard inet_pton(AF_INET, text, &address) == 1 else { return false }
    return UInt32(bigEndian: address.s_addr) >> 24 == 127
  }

  /// The shortest spelling of an IPv6 address; nil when the text is not one.
  private static func ipv6(_ text: Substring) -> String? {
    var address = in6_addr()
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_pton(AF_INET6, String(text), &address) == 1,
      inet_ntop(AF_INET6, &address, &buffer, socklen_t(buffer.count)) != nil
    else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
