import Basics

/// Which deliveries go where, by their event's type: the first route that fits counts.
public struct RouteTable: Sendable, Hashable {
  /// One route, as it is written: `order.*=localhost:3000/orders`.
  public struct Route: Sendable, Hashable {
    private let eventTypes: EventTypePattern
    /// An event type in which `*` stands for any text.
    public var pattern: String { eventTypes.text }
    public let target: ForwardTarget

    /// - Returns: nil when the text is no pattern and URL with `=` between them.
    public init?(_ text: String) {
      guard let sign = text.firstIndex(of: "="), let target = ForwardTarget(String(text[text.index(after: sign)...]))
      else { return nil }
      guard EventTypePattern.isValid(String(text[..<sign])) else { return nil }
      eventTypes = EventTypePattern(String(text[..<sign]))
      self.target = target
    }

    init(everyTypeTo target: ForwardTarget) {
      eventTypes = EventTypePattern("*")
      self.target = target
    }

    fileprivate func fits(_ eventType: String?) -> Bool { eventTypes.matches(eventType ?? "") }
  }

  public let routes: [Route]

  /// - Parameter rest: where everything goes that no route fits.
  public init(_ routes: [Route], rest: ForwardTarget? = nil) {
    self.routes = routes + (rest.map { [Route(everyTypeTo: $0)] } ?? [])
  }

  /// Where a delivery goes; nil where no route fits.
  /// - Parameter eventType: nil when it is not known, which only `*` fits.
  public func target(for eventType: String?) -> ForwardTarget? {
    routes.first { $0.fits(eventType) }?.target
  }
}
