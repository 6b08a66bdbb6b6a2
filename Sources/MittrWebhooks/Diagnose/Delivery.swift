/// One delivery as the doctor examines it: its fields, and its body.
struct Delivery {
  /// Every header field, in the order and case received.
  let fields: [(name: String, value: String)]
  let headers: SignatureHeaders
  let body: UnsafeRawBufferPointer

  init(_ fields: [(name: String, value: String)], body: UnsafeRawBufferPointer) {
    self.fields = fields
    self.body = body
    headers = SignatureHeaders(fields.map { ($0.name, $0.value) })
  }

  /// The different values of the signature's header, as far as anybody will look at them.
  var signatures: [String] {
    fields.reduce(into: []) { values, field in
      guard values.count <= ReceivedSignature.maximumValues, !field.value.isEmpty,
        WebhookHeaderName.kind(of: field.name) == .signature
      else { return }
      if !values.contains(where: { $0.utf8.elementsEqual(field.value.utf8) }) { values.append(field.value) }
    }
  }

  /// The length that the request says its body has; nil when it says none, or several.
  var contentLength: Int? {
    let lengths = Set(values(of: "content-length"))
    guard lengths.count == 1 else { return nil }
    return lengths.first.flatMap(SignatureTimestamp.init)?.seconds
  }

  /// Whether the body was compressed on its way, so that it was not received with its own length.
  var isCompressed: Bool { !values(of: "content-encoding").allSatisfy { $0.isEmpty || $0 == "identity" } }

  /// What headers call the event or the message, in the order in which senders are known to use them.
  var ids: [String] {
    let ids = Self.idHeaders.flatMap(values(of:)).filter { !$0.isEmpty && $0.utf8.count <= Self.longestID }
    return Array(ids.prefix(Self.idHeaders.count))
  }

  private static let idHeaders = [
    "x-mittr-event-id", "webhook-id", "svix-id", "x-webhook-id", "x-mittr-delivery-id", "x-event-id",
  ]
  private static let longestID = 256

  private func values(of name: String) -> [String] {
    fields.filter { $0.name.utf8.count == name.utf8.count && $0.name.lowercased() == name }.map(\.value)
  }
}
