/// A whole number of hours between two clocks, as when local time is taken for UTC.
struct ClockOffset {
  /// Of the time zone whose local time was taken for UTC.
  private let minutes: Int

  /// The offsets that clocks of the world have beside whole hours, in minutes.
  private static let oddOffsets: Set = [
    -570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825,
  ]

  /// How far from such an offset two clocks may be, in seconds, whatever the tolerance.
  private static let largestTolerance = 300

  /// - Parameter age: how long ago the timestamp was by the receiver's clock, in seconds.
  init?(age: Int, tolerance: Int) {
    let tolerance = min(max(0, tolerance), Self.largestTolerance)
    let nearest = (-12 * 60...14 * 60).filter { $0 != 0 && ($0 % 60 == 0 || Self.oddOffsets.contains($0)) }
      .min { (age - $0 * 60).magnitude < (age - $1 * 60).magnitude }
    guard let nearest, -86_400...86_400 ~= age, (age - nearest * 60).magnitude <= tolerance else { return nil }
    minutes = nearest
  }

  /// Such as `UTC+5:30`.
  var zone: String {
    let (hours, rest) = (minutes.magnitude / 60, minutes.magnitude % 60)
    return "UTC\(minutes < 0 ? "-" : "+")\(hours)" + (rest == 0 ? "" : ":\(rest)")
  }

  /// To follow what the age is.
  var phrase: String { "as when the receiver's clock has the local time of \(zone) for UTC" }
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
