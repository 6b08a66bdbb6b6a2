import Basics

/// The clock that verifiers go by when they are given no other.
public enum UnixTime {
  /// Seconds since 1970-01-01 00:00 UTC by the system's clock.
  public static func now() -> Int { time(nil) }
}
