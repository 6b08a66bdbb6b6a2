/// A request to a receiver. Headers that concern one connection, and those that say where it goes and how long it is, are
/// made anew.
public struct DeliveryRequest: Sendable {
  public var method: String
  /// `http` or `https`.
  public var url: String
  /// In their order.
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]

  public init(
    method: String = "POST", url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// What a receiver answered.
public struct DeliveryAnswer: Sendable {
  public let status: Int
  /// In the order received.
  public let headers: [(name: String, value: String)]
  /// The body, or as much of it as is kept.
  public let body: [UInt8]
  /// Whether the body is longer than what is kept.
  public let isCut: Bool
  /// From when the request was sent to when the answer had come.
  public let duration: Duration

  /// Whether it says that the delivery was taken: 2xx.
  public var isSuccess: Bool { 200..<300 ~= status }
}
