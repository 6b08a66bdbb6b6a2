/// How much a diagnosis may cost, counted in bytes that are hashed; other work is counted as the hashing that takes as
/// long.
struct SearchEffort {
  private var remaining: Int
  /// What was spent, whether or not there was as much.
  private(set) var spent = 0

  /// Up to this size, all that fits into some 30 ms is tried, which for most bodies is everything.
  private static let smallBody = 48 * 1024
  private static let forSmallBodies = 32 * 1024 * 1024
  /// How often a larger body may be hashed, and one that takes long to hash at all. What the bookkeeping and the memory
  /// cost comes on top, so that a diagnosis takes about as long as 50 verifications.
  private static let (passes, fewestPasses) = (25, 12)
  private static let forLargeBodies = 160 * 1024 * 1024

  init(bodySize: Int) {
    remaining =
      if bodySize <= Self.smallBody {
        Self.forSmallBodies
      } else {
        min(bodySize * Self.passes, max(Self.forLargeBodies, bodySize * Self.fewestPasses))
      }
  }

  /// Whether there is as much left.
  func allows(_ byteCount: Int) -> Bool { byteCount <= remaining }

  mutating func spend(_ byteCount: Int, times: Int) {
    spent += byteCount * times
    remaining = max(0, remaining - byteCount * times)
  }
}
