/// What a reader makes of a text or a record.
struct DeliveryReading {
  /// What it was read as, to follow "read as".
  var format: String
  var fields: [HeaderField]
  /// The ways to take the body, the likeliest first; empty when there is none.
  var bodies: [DeliveryBody] = []
  var receivedAt: String?
  /// The path and query.
  var target: String?
  var notes: [DeliveryNote] = []

  /// Whether one of the headers that carry a signature is among the fields, be it under another name.
  var hasSignature: Bool { fields.contains { HeaderName.mentionsSignature($0.name) } }
}

typealias HeaderField = (name: String, value: String)

/// One way to take a body.
struct DeliveryBody {
  let bytes: ArraySlice<UInt8>
  /// What to say when it is this one.
  let note: DeliveryNote?

  init(_ bytes: ArraySlice<UInt8>, _ note: DeliveryNote? = nil) {
    self.bytes = bytes
    self.note = note
  }
}
