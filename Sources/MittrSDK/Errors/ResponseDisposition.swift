import Basics
package import OrderedJSON

/// What an answer says of a request that changes something: was it done? This is the one table; everything that sends asks
/// it, and nothing else decides.
///
/// | answer | disposition |
/// |---|---|
/// | 2xx without a body | done |
/// | 2xx with a JSON object that has no `error`, and whose `id`, if it has one, is the one asked for | done |
/// | 400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 422, 429, 501; 503 with a `Retry-After` that can be read | refused |
/// | everything else: other bodies with 2xx, 1xx, 3xx, 408, other 4xx and 5xx, statuses that do not exist | unknown |
///
/// A field that is null counts as missing. Only the answer itself decides, never the network or a clock.
package enum ResponseDisposition: Sendable, Hashable {
  /// The server did it. The object is what it said; nil when the answer was empty.
  case done(JSONObject?)
  /// The server refused before it processed anything.
  case refused
  /// It may have been done, or not: the answer does not tell.
  case unknown(Uncertainty)

  /// Why an answer does not tell.
  package enum Uncertainty: Sendable, Hashable {
    /// Another address is named: the request did not reach the API.
    case redirect
    /// A success whose body is not JSON, such as a login page.
    case notJSON
    case notAnObject
    /// A success whose body is an error.
    case error
    /// A success that is about something else.
    case otherID(String)
    /// A status that says nothing about what was done.
    case status
  }

  /// Whether it is done, as far as can be told without knowing what the API answers there: any JSON may be an
  /// answer, but no error and no page.
  var mayBeDone: Bool {
    switch self {
    case .done, .unknown(.notAnObject): true
    default: false
    }
  }

  /// These refuse before anything is processed. 503 does only when it says when to come back.
  package static let refusals: Set<Int> = [400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 422, 429, 501]

  /// - Parameter id: of what was to be changed; nil when it has no id yet, because it is being made.
  package init(_ response: TransportResponse, id: String?) {
    switch response.status {
    case 200..<300: self.init(success: response.body, id: id)
    case let status where Self.refusals.contains(status): self = .refused
    case 503 where RetryAfter(response) != nil: self = .refused
    case 300..<400 where response.isRedirect: self = .unknown(.redirect)
    default: self = .unknown(.status)
    }
  }

  private init(success body: [UInt8], id: String?) {
    guard !body.isEmpty else {
      self = .done(nil)
      return
    }
    guard let value = try? JSONValue(parsing: body) else {
      self = .unknown(.notJSON)
      return
    }
    guard let object = value.objectValue else {
      self = .unknown(.notAnObject)
      return
    }
    if let error = object["error"], !error.isNull {
      self = .unknown(.error)
    } else if let id, let other = object["id"], !other.isNull, !Identifier.isSame(id, other) {
      self = .unknown(.otherID(Identifier.text(other)))
    } else {
      self = .done(object)
    }
  }
}

extension TransportResponse {
  /// Whether it sends the client elsewhere. 304 does not: it says that something is unchanged.
  var isRedirect: Bool { 300..<400 ~= status && status != 304 }
}

/// Ids as requests and answers name them.
enum Identifier {
  /// Whether an answer names what was asked for. The digits of a UUID may be in either case (RFC 9562, 4); all other ids
  /// are compared exactly.
  static func isSame(_ asked: String, _ answered: JSONValue) -> Bool {
    let text = text(answered)
    if asked.utf8.elementsEqual(text.utf8) { return true }
    return isUUID(asked) && isUUID(text) && asked.lowercased() == text.lowercased()
  }

  /// An id that is a number has the text of the number.
  static func text(_ id: JSONValue) -> String {
    switch id {
    case .string(let text, _): text
    case .number(let number): number.text
    default: JSONWriter.compact.string(id)
    }
  }

  private static func isUUID(_ text: String) -> Bool {
    text.utf8.count == 36
      && text.utf8.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : Hex.value(of: byte) != nil
      }
  }
}
