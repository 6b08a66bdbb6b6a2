/// The response to a sender.
public struct ReceiverResponse: Sendable, Equatable {
  public internal(set) var status: Int
  /// In their order.
  public internal(set) var headers: [Header] = []
  public internal(set) var body: [UInt8]

  public struct Header: Sendable, Equatable {
    public let name: String
    public let value: String
  }

  /// Plain text with a line break.
  init(_ status: Int, _ text: String) {
    self.status = status
    headers = [Header(name: "Content-Type", value: "text/plain; charset=utf-8")]
    body = Array((text + "\n").utf8)
  }

  /// Plain text as it is.
  init(_ status: Int, exactly text: String) {
    self.init(
      status: status, headers: [Header(name: "Content-Type", value: "text/plain; charset=utf-8")],
      body: Array(text.utf8))
  }

  init(status: Int, headers: [Header], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
