import Basics

/// How far the clocks of the place are ahead of UTC: a seam for tests, which need not know where they run.
public struct LocalZone: Sendable {
  /// Seconds, at a moment that is given in seconds since 1970.
  public var offset: @Sendable (Int) -> Int

  public init(offset: @escaping @Sendable (Int) -> Int) { self.offset = offset }

  /// The machine's, as its settings or `TZ` say.
  public static let system = LocalZone { seconds in
    var (time, parts) = (time_t(seconds), tm())
    return localtime_r(&time, &parts) == nil ? 0 : Int(parts.tm_gmtoff)
  }

  /// The moment at which clocks show a time, which is given as if it were UTC. One that is left out in spring is the moment when
  /// the clocks were put forward, about; of two in autumn it is one.
  func moment(showing shown: Int) -> Int {
    let guess = shown - offset(shown)
    return shown - offset(guess)
  }
}
