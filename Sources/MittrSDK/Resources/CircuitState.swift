/// The state of an endpoint's circuit breaker. A word that this package does not know is kept as it came.
public struct CircuitState: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
  public init(stringLiteral value: String) { rawValue = value }

  /// Deliveries are attempted.
  public static let closed: CircuitState = "closed"
  /// Too many failed in a row: deliveries queue, none is attempted.
  public static let open: CircuitState = "open"
  /// The next delivery decides.
  public static let halfOpen: CircuitState = "half-open"
}

extension CircuitState: CustomStringConvertible {
  public var description: String { rawValue }
}
