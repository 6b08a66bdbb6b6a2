/// Where an event stands. A word that this package does not know is kept as it came.
public struct EventStatus: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
  /// The word, such as `failed`.
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
  public init(stringLiteral value: String) { rawValue = value }

  /// Waiting for its first or next attempt.
  public static let pending: EventStatus = "pending"
  /// An attempt is being made.
  public static let processing: EventStatus = "processing"
  /// The receiver took it.
  public static let delivered: EventStatus = "delivered"
  /// The last attempt failed.
  public static let failed: EventStatus = "failed"
  /// All attempts failed; only a replay delivers it.
  public static let dead: EventStatus = "dead"
}

extension EventStatus: CustomStringConvertible {
  /// The word itself.
  public var description: String { rawValue }
}
