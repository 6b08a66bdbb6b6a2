import Basics

extension Timestamp {
  /// Reads `2026-01-31`, `2026-01-31T08:05Z`, `2026-01-31T08:05:09.12Z` or the like with an offset such as `+02:00`; see
  /// `InternetTime.milliseconds`.
  ///
  /// A time of day without an offset is refused, since it would mean something else on every machine.
  init?(iso8601 text: String) {
    guard let milliseconds = InternetTime.milliseconds(text), InternetTime.range ~= milliseconds else { return nil }
    self.init(milliseconds: Int64(milliseconds))
  }
}
