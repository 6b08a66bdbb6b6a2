/// How much a diagnosis may cost, counted in bytes that are hashed; other work is counted as the hashing that takes as
/// long.
struct SearchEffort {
  private var remaining: Int
  /// What may be spent besides on what the length of the signed body tells.
  private var reserve: Int
  /// What the length may not take from the rest of the search, since the length may be wrong.
  private let keptForOthers: Int
  /// What was spent, whether or not there was as much.
  private(set) var spent = 0

  /// Up to this size, all that fits into some 2 ms of hashing and a third of a millisecond more for each KiB is tried: what
  /// is done beside hashing takes twice as long.
  private static let smallBody = 48 * 1024
  private static let (forSmallBodies, forEachByte) = (3 * 1024 * 1024, 448)
  /// How often a larger body may be hashed, and one that takes long to hash at all.
  private static let (passes, fewestPasses) = (24, 12)
  private static let forLargeBodies = 160 * 1024 * 1024
  /// How often more a body may be hashed that has the length of the one signed.
  private static let (passesInReserve, largestReserve) = (12, 32 * 1024 * 1024)
  /// What part of the rest is kept where the length is told: a length that is wrong fits hardly anything.
  private static let othersShare = 32

  init(bodySize: Int) {
    remaining =
      if bodySize <= Self.smallBody {
        Self.forSmallBodies + Self.forEachByte * bodySize
      } else {
        min(bodySize * Self.passes, max(Self.forLargeBodies, bodySize * Self.fewestPasses))
      }
    reserve = min(bodySize * Self.passesInReserve, Self.largestReserve)
    keptForOthers = remaining / Self.othersShare
  }

  /// Whether so much is tried on a body of this size that its size is not what ends the search.
  static func isThorough(for bodySize: Int) -> Bool { bodySize <= smallBody }

  /// Whether there is as much left.
  /// - withReserve: whether it is spent on what the length tells, which leaves a part to all else.
  func allows(_ byteCount: Int, withReserve: Bool = false) -> Bool {
    byteCount <= (withReserve ? remaining - keptForOthers + reserve : remaining)
  }

  /// What is left with the reserve.
  var allowance: Int { max(0, remaining + reserve) }

  /// Spends even what is not there.
  /// - fromReserve: whether what is kept for the length is spent first.
  mutating func spend(_ byteCount: Int, times: Int, fromReserve: Bool = false) {
    let cost = byteCount * times
    let part = fromReserve ? min(max(0, reserve), cost) : 0
    spent += cost
    reserve -= part
    remaining -= cost - part
  }
}
