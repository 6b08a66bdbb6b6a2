/// Which deliveries go where, by their event's type: the first route that fits counts.
public struct RouteTable: Sendable, Hashable {
  /// One route, as it is written: `order.*=localhost:3000/orders`.
  public struct Route: Sendable, Hashable {
    /// An event type in which `*` stands for any text.
    public let pattern: String
    public let target: ForwardTarget

    /// - Returns: nil when the text is no pattern and URL with `=` between them.
    public init?(_ text: String) {
      guard let sign = text.firstIndex(of: "="), let target = ForwardTarget(String(text[text.index(after: sign)...]))
      else { return nil }
      let pattern = text[..<sign]
      guard !pattern.isEmpty, !pattern.contains(where: \.isWhitespace) else { return nil }
      self.pattern = String(pattern)
      self.target = target
    }

    init(everyTypeTo target: ForwardTarget) {
      pattern = "*"
      self.target = target
    }
  }

  public let routes: [Route]

  /// - Parameter rest: where everything goes that no route fits.
  public init(_ routes: [Route], rest: ForwardTarget? = nil) {
    self.routes = routes + (rest.map { [Route(everyTypeTo: $0)] } ?? [])
  }

  /// Where a delivery goes; nil where no route fits.
  /// - Parameter eventType: nil when it is not known, which only `*` fits.
  public func target(for eventType: String?) -> ForwardTarget? {
    routes.first { Self.matches(Array($0.pattern.utf8), Array((eventType ?? "").utf8)) }?.target
  }

  /// Goes back to the last `*` only, so that no pattern takes more than their lengths' product.
  private static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    let star = UInt8(ascii: "*")
    var (place, position) = (0, 0)
    var resume: (place: Int, position: Int)?
    while position < text.count {
      if place < pattern.count, pattern[place] == star {
        resume = (place + 1, position)
        place += 1
      } else if place < pattern.count, pattern[place] == text[position] {
        (place, position) = (place + 1, position + 1)
      } else if let (after, from) = resume {
        resume = (after, from + 1)
        (place, position) = (after, from + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == star }
  }
}
