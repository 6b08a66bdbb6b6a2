import Basics

/// Makes identifiers and secrets from the number of the row, or request, that they are for.
enum IdentifierGenerator: Sendable {
  case random
  /// The number itself, padded: the same requests give the same identifiers in every run.
  case counting

  /// `evt_` and 24 characters.
  func eventID(_ number: Int64) -> String { "evt_" + tail(number, length: 24) }

  /// `req_` and 24 characters.
  func requestID(_ number: Int64) -> String { "req_" + tail(number, length: 24) }

  /// `whsec_` and 32 characters.
  func secret(_ number: Int64) -> String { "whsec_" + tail(number, length: 32) }

  /// 32 hexadecimal digits, different for each attempt.
  func traceID(_ number: Int64, attempt: Int) -> String {
    switch self {
    case .counting: padded(number, length: 26) + padded(Int64(attempt), length: 6)
    case .random: Hex.text(UInt64.random(in: .min ... .max)) + Hex.text(UInt64.random(in: .min ... .max))
    }
  }

  /// A UUID of version 4 (RFC 9562).
  func endpointID(_ number: Int64) -> String {
    switch self {
    case .counting: "00000000-0000-4000-8000-" + padded(number, length: 12)
    case .random: UUID.random()
    }
  }

  private func tail(_ number: Int64, length: Int) -> String {
    switch self {
    case .counting: return padded(number, length: length)
    case .random:
      let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
      let letters = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] }
      return String(decoding: letters, as: UTF8.self)
    }
  }

  private func padded(_ number: Int64, length: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, length - digits.utf8.count)) + digits
  }
}
