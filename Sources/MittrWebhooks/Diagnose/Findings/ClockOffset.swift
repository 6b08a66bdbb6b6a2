/// A whole number of hours between two clocks, or of half or quarter hours that some zone has, as when local time is
/// taken for UTC or the reverse.
struct ClockOffset {
  /// How far one clock is from the other.
  private let minutes: Int
  private let isExact: Bool

  /// How far clocks of the world are from UTC, in minutes and either direction, where that is no whole number of hours.
  private static let oddOffsets: Set = [150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825]

  /// How far from such an offset two clocks may be, in seconds, whatever the tolerance.
  private static let largestTolerance = 300

  /// - Parameter age: how long ago the timestamp was by the receiver's clock, in seconds.
  init?(age: Int, tolerance: Int) {
    let tolerance = min(max(0, tolerance), Self.largestTolerance)
    guard -86_400...86_400 ~= age else { return nil }
    let nearest = (1...14 * 60).filter { $0 % 60 == 0 || Self.oddOffsets.contains($0) }
      .min { (abs(age) - $0 * 60).magnitude < (abs(age) - $1 * 60).magnitude }
    guard let nearest, (abs(age) - nearest * 60).magnitude <= tolerance else { return nil }
    minutes = nearest
    isExact = abs(age) == nearest * 60
  }

  /// To follow "this is".
  var phrase: String {
    let unit = minutes % 60 == 0 ? "hours" : minutes % 30 == 0 ? "half hours" : "quarter hours"
    return "\(isExact ? "" : "nearly ")a whole number of \(unit)"
  }
}

/// How long something took or lies back, for people.
enum SpokenDuration {
  /// Such as `301 seconds`, `3600 seconds (1 hour)` or `172812 seconds (2 days)`. - seconds: 0 or more.
  static func seconds(_ seconds: Int) -> String {
    let text = "\(seconds) seconds"
    let minutes = (seconds.magnitude + 30) / 60
    let (days, hours) = (minutes / 1440, minutes % 1440 / 60)
    let parts =
      days > 0
      ? [counted(days, "day"), counted(hours, "hour")] : [counted(hours, "hour"), counted(minutes % 60, "minute")]
    guard seconds >= 3600 else { return text }
    return "\(text) (\(parts.compactMap { $0 }.joined(separator: " ")))"
  }

  private static func counted(_ count: UInt, _ unit: String) -> String? {
    count == 0 ? nil : "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}
