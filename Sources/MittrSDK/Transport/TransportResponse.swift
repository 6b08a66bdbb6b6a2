/// One complete HTTP response.
public struct TransportResponse: Sendable, Hashable {
  /// The status code, such as 200.
  public let status: Int
  /// Every header, in the order in which they came.
  public let headers: [HeaderField]
  /// The whole body, decoded of any transfer coding; empty when there was none.
  public let body: [UInt8]

  /// - Parameters:
  ///   - status: the status code, such as 200.
  ///   - headers: the headers; none by default.
  ///   - body: the whole body; empty by default.
  public init(status: Int, headers: [HeaderField] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The value of the first header of that name, in any case.
  public func header(_ name: String) -> String? { headers.first { $0.isNamed(name) }?.value }
}
