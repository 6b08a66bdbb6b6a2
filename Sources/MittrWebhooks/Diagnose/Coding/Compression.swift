/// The formats that compressed bodies come in, told by their first bytes.
enum Compression {
  case gzip
  case zlib
  case zstandard

  init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstandard
    } else if bytes.count > 2, bytes[0] == 0x78, (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0 {
      self = .zlib
    } else {
      return nil
    }
  }

  /// What was compressed; nil when it does not decode. Checksums are not looked at: the signature is a better one.
  func decoded(_ bytes: [UInt8]) -> [UInt8]? {
    switch self {
    case .gzip: Self.gzipStart(bytes).flatMap { Inflate.decoded(bytes[$0...]) }
    case .zlib: Inflate.decoded(bytes[2...])
    case .zstandard: nil
    }
  }

  /// Where the data of a gzip member (RFC 1952) begins.
  private static func gzipStart(_ bytes: [UInt8]) -> Int? {
    guard bytes.count > 18, bytes[2] == 8 else { return nil }
    let flags = bytes[3]
    var position = 10
    if flags & 4 != 0 { position += 2 + Int(bytes[position]) + Int(bytes[position + 1]) << 8 }
    for flag in [8, 16] as [UInt8] where flags & flag != 0 {
      guard position < bytes.count, let end = bytes[position...].firstIndex(of: 0) else { return nil }
      position = end + 1
    }
    if flags & 2 != 0 { position += 2 }
    return position < bytes.count ? position : nil
  }
}
