import HTTPTypes
import Hummingbird

extension Response {
  /// An answer whose body is a JSON text.
  init(status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], json: [UInt8]) {
    var headers = headers
    headers[.contentType] = "application/json; charset=utf-8"
    self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
  }

  init(_ error: APIError) {
    self.init(status: error.status, headers: error.headers, json: error.json)
  }
}
