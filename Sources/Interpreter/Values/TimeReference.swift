#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A moment as a person writes it: `2h` (that long ago) or an ISO 8601 date and time.
public enum TimeReference: Sendable, Hashable {
  case ago(Duration)
  /// Seconds since 1970.
  case at(Double)

  public init?(_ text: String) {
    if text.utf8.last.map({ !isDigit($0) }) == true, let duration = Duration(durationText: text) {
      self = .ago(duration)
    } else if let seconds = Self.seconds(iso8601: text) {
      self = .at(seconds)
    } else {
      return nil
    }
  }

  /// - Parameter now: seconds since 1970.
  /// - Returns: seconds since 1970.
  public func seconds(now: Double) -> Double {
    switch self {
    case .ago(let duration): now - duration.inSeconds
    case .at(let seconds): seconds
    }
  }

  /// Reads `2026-01-31`, `2026-01-31T12:00:00Z`, fractions of a second and offsets.
  public static func seconds(iso8601 text: String) -> Double? {
    let isDateOnly = text.utf8.count == 10
    let styles: [Date.ISO8601FormatStyle] = [.init(), .init(includingFractionalSeconds: true)]
    for style in styles {
      if let date = try? style.parse(isDateOnly ? text + "T00:00:00Z" : text) { return date.timeIntervalSince1970 }
    }
    return nil
  }

  /// `2026-01-31T12:00:00.000Z`.
  public static func iso8601(_ seconds: Double) -> String {
    Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(Date(timeIntervalSince1970: seconds))
  }
}

extension Duration {
  /// Reads a number with a unit, `ms`, `s`, `m`, `h`, `d` or `w`, or a sum such as `1h30m`; no unit means seconds.
  public init?(durationText text: String) {
    var total = 0.0
    var digits = ""
    var unit = ""
    func add() -> Bool {
      guard let number = Double(digits), number.isFinite, let scale = Self.units[unit] else { return false }
      total += number * scale
      return true
    }
    for character in text {
      if character.isASCII, character.isNumber || character == "." {
        if !unit.isEmpty {
          guard add() else { return nil }
          (digits, unit) = ("", "")
        }
        digits.append(character)
      } else {
        unit.append(character)
      }
    }
    guard add(), total <= 1e10 else { return nil }
    self = .milliseconds(Int64((total * 1000).rounded()))
  }

  private static let units = ["": 1.0, "ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800]

  public var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
