/// The hosts that are reached without a proxy: the words of `NO_PROXY`, as curl reads them.
///
/// A word is `*` (every host), a host or domain (`example.com` and `.example.com` both cover it and what is below it), an
/// address, or a block of addresses (`10.0.0.0/8`, `fd00::/8`). With `:port` behind it, it covers that port only.
/// Words are separated by commas or white space.
struct ProxyExclusions: Sendable, Hashable {
  private enum Word: Sendable, Hashable {
    case everything
    case name(String, port: Int?)
    case addresses(IPAddress, bits: Int, port: Int?)
  }

  private let words: [Word]

  init(_ text: String) {
    words = text.split { $0 == "," || $0.isWhitespace }.compactMap(Self.word)
  }

  func cover(_ origin: Origin) -> Bool {
    let host = origin.host.hasSuffix(".") ? String(origin.host.dropLast()) : origin.host
    let address = IPAddress(host)
    return words.contains { word in
      switch word {
      case .everything: return true
      case .name(let name, let port):
        // The end of an address is no domain.
        return port ?? origin.port == origin.port
          && (host == name || address == nil && host.hasSuffix("." + name))
      case .addresses(let other, let bits, let port):
        return port ?? origin.port == origin.port && address.map { $0.isEqual(to: other, bits: bits) } ?? false
      }
    }
  }

  private static func word(_ text: Substring) -> Word? {
    if text == "*" { return .everything }
    if let slash = text.lastIndex(of: "/") {
      guard let address = IPAddress(text[..<slash].filter { $0 != "[" && $0 != "]" }),
        let bits = Int(text[text.index(after: slash)...]), 0...(address.bytes.count * 8) ~= bits
      else { return nil }
      return .addresses(address, bits: bits, port: nil)
    }
    // An IPv6 address without brackets has colons, and no port.
    if let address = IPAddress(text) { return .addresses(address, bits: address.bytes.count * 8, port: nil) }
    guard let parts = Authority(text) else { return nil }
    if let address = IPAddress(parts.host) {
      return .addresses(address, bits: address.bytes.count * 8, port: parts.port)
    }
    var name = parts.host[...]
    if name.hasPrefix("*.") { name = name.dropFirst() }
    if name.hasPrefix(".") { name = name.dropFirst() }
    if name.hasSuffix(".") { name = name.dropLast() }
    return name.isEmpty ? nil : .name(String(name), port: parts.port)
  }
}
