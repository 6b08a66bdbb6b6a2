import Hummingbird
import NIOCore
import OrderedJSON

extension Request {
  /// 1 MiB
  static let maximumBodyBytes = 1 << 20

  /// The body, which must be a JSON object of at most `maximumBodyBytes`.
  func jsonObject() async throws -> JSONObject {
    let buffer: ByteBuffer
    do {
      buffer = try await body.collect(upTo: Self.maximumBodyBytes)
    } catch is NIOTooManyBytesError {
      throw APIError.payloadTooLarge(limit: Self.maximumBodyBytes)
    }
    let value: JSONValue
    do {
      value = try JSONValue(parsing: Array(buffer.readableBytesView))
    } catch {
      throw APIError.badRequest("the body is not valid JSON: \(error)")
    }
    guard let object = value.objectValue else { throw APIError.badRequest("the body must be a JSON object") }
    return object
  }
}
