/// What befalls one attempt to deliver an event, on purpose.
enum DeliveryFault: Sendable, Hashable {
  /// Sent again as soon as it was answered.
  case duplicate
  /// Held back so long, by the sandbox's clock.
  case late(milliseconds: Int64)
  /// Sent after a later one to the same receiver.
  case shuffle
  /// A byte of the body is changed once it is signed; chance says which.
  case corrupt(chance: UInt64)

  /// For how long the attempt is held back at most, in milliseconds; nil for one that is made at once.
  var delayMilliseconds: Int64? {
    switch self {
    case .late(let milliseconds): milliseconds
    case .shuffle: Self.longestWait
    case .duplicate, .corrupt: nil
    }
  }

  var holdsBack: Bool { delayMilliseconds != nil }

  /// No later one may come.
  private static let longestWait: Int64 = 10_000
}

extension [UInt8] {
  /// The bytes with one of them changed. In JSON that may be a bracket, or a digit that nobody would notice.
  func corrupted(by chance: UInt64) -> [UInt8] {
    var bytes = self
    if !isEmpty { bytes[Int(chance % UInt64(count))] ^= 1 }
    return bytes
  }
}
