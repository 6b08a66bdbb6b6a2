/// The response to a sender.
struct ReceiverResponse: Sendable, Equatable {
  var status: Int
  var headers: [Header] = []
  var body: [UInt8]

  struct Header: Sendable, Equatable {
    let name: String
    let value: String
  }

  /// Plain text with a line break.
  init(_ status: Int, _ text: String) {
    self.status = status
    headers = [Header(name: "Content-Type", value: "text/plain; charset=utf-8")]
    body = Array((text + "\n").utf8)
  }

  init(status: Int, headers: [Header], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
