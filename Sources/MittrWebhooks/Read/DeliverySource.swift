public import OrderedJSON

/// One delivery, read from whatever a person has of it.
///
/// It takes a raw HTTP request, a `curl` command, an entry of a HAR file, what an inspector of requests exports, the event
/// that a cloud function is called with, and the ways in which languages and tools print headers. `format` says what it was
/// read as. Nothing that is read traps, and the time is linear in the size.
///
///     let source = try DeliverySource(request: bytes)
///     print(source.format)                        // a raw HTTP request
///     print(SignatureDoctor(secret: secret).diagnose(source).detail)
///
/// A text may leave open which bytes the body was: a raw request goes on behind its `Content-Length`, a body may be base64.
/// `resolved(by:)` takes the body that the signature is right for, if there is one.
public struct DeliverySource: Sendable {
  /// What it was read as, with its article: `a raw HTTP request`.
  public let format: String
  /// The header fields, in the order and the case in which they were found.
  public let headers: [(name: String, value: String)]
  /// The body's bytes; nil when the source has no body at all, only headers.
  public var body: ArraySlice<UInt8>? { bodies.first?.bytes }
  /// When it was received, as the source says it; nil when it does not.
  public let receivedAt: String?
  /// The path and query that it was sent to; nil when the source does not say.
  public let target: String?
  /// The path that it was sent to, without the query; nil when the source does not say.
  public var path: String? { target.map { String($0.prefix { $0 != "?" }) } }
  /// What was done to make a delivery of what was given, and may surprise.
  public var notes: [DeliveryNote] { readingNotes + (bodies.first?.note.map { [$0] } ?? []) }

  /// The ways to take the body, the likeliest first.
  let bodies: [DeliveryBody]
  private let readingNotes: [DeliveryNote]

  /// How large a text may be that is not a raw request: 8 MiB. Headers by themselves may have 1 MiB.
  public static let maximumBytes = 8 << 20

  /// Reads text or a raw request.
  /// - Parameter bytes: what a file or the clipboard holds: UTF-8, UTF-16 with a byte order mark, or a raw request with any
  ///   body. At most `maximumBytes`, but for the body of a raw request, which may have any size.
  /// - Throws: `DeliverySourceError`, which says what was not understood.
  public init(request bytes: some Collection<UInt8>) throws(DeliverySourceError) {
    try self.init(withBody: DeliveryFormat.reading(of: Array(bytes)[...]))
  }

  /// Reads headers, in any form that people have them in, beside a body.
  /// - Parameters:
  ///   - text: header lines, or what a language or a tool prints; at most `maximumBytes`.
  ///   - body: the exact bytes that were received; nil when there are none at hand.
  /// - Throws: `DeliverySourceError`, which says what was not understood.
  public init(
    headers text: some Collection<UInt8>, body: (some Collection<UInt8>)? = [UInt8]?.none
  ) throws(DeliverySourceError) {
    var reading = try HeaderDump.reading(of: Array(text)[...])
    reading.bodies = body.map { [DeliveryBody(Array($0)[...])] } ?? []
    self.init(reading.withMittrNames)
  }

  /// Reads a record: one with headers and a body, by whatever names, or one that holds such a record further in.
  /// - Throws: `DeliverySourceError` when there is no delivery in it, or several.
  public init(record: JSONValue) throws(DeliverySourceError) {
    if case .string(let text, _) = record {
      try self.init(request: text.utf8)
    } else {
      try self.init(withBody: RecordFormat.reading(of: record))
    }
  }

  /// Reads headers from a record, or from a list of names and values.
  /// - Throws: `DeliverySourceError` when these are no headers.
  public init(headers record: JSONValue) throws(DeliverySourceError) {
    if case .string(let text, _) = record {
      try self.init(headers: text.utf8)
    } else {
      self.init(try HeaderDump.reading(of: record).withMittrNames)
    }
  }

  /// Takes the parts as they are: no header counts under another name than its own.
  /// - Parameters:
  ///   - headers: the header fields; names in any case.
  ///   - body: the exact bytes that were received.
  ///   - format: what `format` is to say.
  public init(headers: some WebhookHeaders, body: some Collection<UInt8>, format: String = "its parts") {
    self.init(DeliveryReading(format: format, fields: headers.fields, bodies: [DeliveryBody(Array(body)[...])]))
  }

  /// Takes the parts as they are, with headers as NIO, AsyncHTTPClient and Vapor have them.
  /// - Parameters:
  ///   - headers: the header fields, in any sequence of names and values; names in any case.
  ///   - body: the exact bytes that were received.
  ///   - format: what `format` is to say.
  @_disfavoredOverload
  public init(
    headers: some Sequence<(name: String, value: String)>, body: some Collection<UInt8>, format: String = "its parts"
  ) {
    self.init(headers: NamedFields(headers), body: body, format: format)
  }

  /// The same headers with this body.
  public func with(body: some Collection<UInt8>) -> DeliverySource {
    DeliverySource(self, bodies: [DeliveryBody(Array(body)[...])])
  }

  /// What was not understood may be the body, so that a body that is missing must not be called empty.
  private init(withBody reading: DeliveryReading) throws(DeliverySourceError) {
    guard !reading.bodies.isEmpty else { throw .noBody }
    self.init(reading.withMittrNames)
  }

  private init(_ reading: DeliveryReading) {
    format = reading.format
    headers = reading.fields
    receivedAt = reading.receivedAt
    target = reading.target
    bodies = reading.bodies
    readingNotes = reading.notes
  }

  private init(_ source: DeliverySource, bodies: [DeliveryBody]) {
    format = source.format
    headers = source.headers
    receivedAt = source.receivedAt
    target = source.target
    readingNotes = source.readingNotes
    self.bodies = bodies
  }

  /// The same with the body for which the signature is right, fresh or not; as it stands when it is right for none.
  public func resolved(by verifier: WebhookVerifier) -> DeliverySource {
    let right = bodies.firstIndex { body in
      do throws(WebhookVerificationError) {
        try verifier.verify(headers: headers.map { ($0.name, $0.value) }, body: body.bytes)
        return true
      } catch {
        return error.reason == .staleTimestamp || error.reason == .futureTimestamp
      }
    }
    guard let right, right > 0 else { return self }
    return taking(right)
  }

  /// The same with another of the bodies as the first one.
  func taking(_ index: Int) -> DeliverySource {
    var bodies = bodies
    bodies.swapAt(0, index)
    return DeliverySource(self, bodies: bodies)
  }
}

/// Something that was done in reading a delivery.
public struct DeliveryNote: Sendable, Hashable {
  /// A stable code in kebab case, such as `chunked-body`.
  public let code: String
  /// One clause in plain words.
  public let text: String

  init(_ code: String, _ text: String) {
    self.code = code
    self.text = text
  }
}
