/// How much a diagnosis may cost, counted in bytes that are hashed; other work is counted as the hashing that takes as
/// long.
struct SearchEffort {
  private var remaining: Int
  /// What may be spent besides on what the length of the signed body tells.
  private var reserve: Int
  /// What was spent, whether or not there was as much.
  private(set) var spent = 0

  /// Up to this size, all that fits into some 6 ms and a third of a millisecond more for each KiB is tried, which for most
  /// bodies below 1 KiB is everything.
  private static let smallBody = 48 * 1024
  private static let (forSmallBodies, forEachByte) = (15 * 1024 * 1024 / 2, 448)
  /// How often a larger body may be hashed, and one that takes long to hash at all.
  private static let (passes, fewestPasses) = (28, 12)
  private static let forLargeBodies = 160 * 1024 * 1024
  /// How often more a body may be hashed that has the length of the one signed.
  private static let (passesInReserve, largestReserve) = (18, 32 * 1024 * 1024)

  init(bodySize: Int) {
    remaining =
      if bodySize <= Self.smallBody {
        Self.forSmallBodies + Self.forEachByte * bodySize
      } else {
        min(bodySize * Self.passes, max(Self.forLargeBodies, bodySize * Self.fewestPasses))
      }
    reserve = min(bodySize * Self.passesInReserve, Self.largestReserve)
  }

  /// Whether so much is tried on a body of this size that its size is not what ends the search.
  static func isThorough(for bodySize: Int) -> Bool { bodySize <= smallBody }

  /// Whether there is as much left.
  func allows(_ byteCount: Int, withReserve: Bool = false) -> Bool {
    byteCount <= (withReserve ? remaining + reserve : remaining)
  }

  /// What is left with the reserve.
  var allowance: Int { max(0, remaining + reserve) }

  /// Spends even what is not there.
  mutating func spend(_ byteCount: Int, times: Int) {
    spent += byteCount * times
    remaining -= byteCount * times
  }

  mutating func spendReserve(_ byteCount: Int, times: Int) {
    spent += byteCount * times
    reserve -= byteCount * times
  }
}
