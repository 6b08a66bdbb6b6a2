import Basics

/// An IPv4 or IPv6 address as its bytes in network order: 4 or 16 of them.
package struct IPAddress: Hashable, Sendable {
  let bytes: [UInt8]

  /// nil for what is not an address in its usual notation, such as a name.
  package init?(_ text: some StringProtocol) {
    let text = String(text)
    for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: size)
      if inet_pton(family, text, &bytes) == 1 {
        self.bytes = bytes
        return
      }
    }
    return nil
  }

  /// Whether the first `bits` bits of both are the same; false for addresses of two kinds.
  func isEqual(to other: IPAddress, bits: Int) -> Bool {
    guard bytes.count == other.bytes.count, 0...(bytes.count * 8) ~= bits else { return false }
    return zip(bytes, other.bytes).enumerated().allSatisfy { index, pair in
      let shared = min(max(bits - index * 8, 0), 8)
      let mask = UInt8(truncatingIfNeeded: 0xFF00 >> shared)
      return pair.0 & mask == pair.1 & mask
    }
  }

  package var isLoopback: Bool {
    if bytes.count == 4 { return bytes[0] == 127 }
    if let mapped { return mapped.isLoopback }
    return bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
  }

  /// Whether it leads to this machine: a loopback address, or the one of no machine, at which its own servers answer.
  package var isThisMachine: Bool { isLoopback || (mapped?.bytes ?? bytes).allSatisfy { $0 == 0 } }

  /// The IPv4 address that an IPv6 one stands for (RFC 4291, 2.5.5.2).
  private var mapped: IPAddress? {
    guard bytes.count == 16, bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF else {
      return nil
    }
    return IPAddress(bytes: Array(bytes[12...]))
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }
}
