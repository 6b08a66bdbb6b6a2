#if Codable
  /// How a `Date` stands in JSON.
  public struct JSONDateFormat: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      case iso8601
      case secondsSince1970
      case millisecondsSince1970
    }

    let kind: Kind

    /// Text such as `2026-11-23T16:26:00Z`, in UTC, with milliseconds where the time has a fraction:
    /// `2026-11-23T16:26:00.250Z`. It can say the years 0 to 9999. Read are all such texts, also with more or fewer digits,
    /// with an offset such as `+02:00`, or a date alone, whose midnight in UTC it is.
    public static let iso8601 = JSONDateFormat(kind: .iso8601)
    /// A number, with a fraction where the time has one.
    public static let secondsSince1970 = JSONDateFormat(kind: .secondsSince1970)
    /// A number, with a fraction where the time has one.
    public static let millisecondsSince1970 = JSONDateFormat(kind: .millisecondsSince1970)
  }
#endif
