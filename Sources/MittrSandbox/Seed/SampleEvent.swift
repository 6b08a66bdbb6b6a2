import OrderedJSON

/// Makes one realistic event out of a few choices and seeded random numbers.
struct SampleEvent {
  let eventType: String
  let status: EventStatus
  let endpointID: String

  private static let names = [
    "Ada Lovelace", "Grace Hopper", "Zoë Martin", "José Álvarez", "Yuki Tanaka", "Amara Okafor", "Lars Nyström",
    "Mei Chen",
  ]
  private static let currencies = ["EUR", "USD", "GBP", "SEK"]
  private static let products = ["notebook", "fountain-pen", "desk-lamp", "backpack", "headphones"]

  /// - Parameters:
  ///   - number: the number of the event's row, from 1.
  ///   - now: the end of what has happened.
  ///   - generator: where its amounts and names come from.
  func event(_ number: Int64, createdAt: Timestamp, now: Timestamp, generator: inout SeededGenerator) throws -> Event {
    let finishedAt = min(now, createdAt.advanced(byMilliseconds: Int64.random(in: 40...900, using: &generator)))
    let maxAttempts = EventSubmission.defaultAttempts
    let attempts: Int
    let error: String?
    switch status {
    case .pending, .processing: (attempts, error) = (0, nil)
    case .delivered: (attempts, error) = (1, nil)
    case .failed:
      attempts = Int.random(in: 1..<maxAttempts, using: &generator)
      error = Bool.random(using: &generator) ? "the receiver answered 500" : "no answer within 30000 ms"
    case .dead: (attempts, error) = (maxAttempts, "the receiver answered 503")
    }
    return Event(
      id: IdentifierGenerator.counting.eventID(number), eventType: eventType, status: status,
      payload: try payload(number, generator: &generator), headers: JSONObject(), endpointID: endpointID,
      attempts: attempts, maxAttempts: maxAttempts, idempotencyKey: "seed-\(number)", lastError: error,
      createdAt: createdAt, updatedAt: status == .pending ? createdAt : finishedAt,
      deliveredAt: status == .delivered ? finishedAt : nil)
  }

  private func payload(_ number: Int64, generator: inout SeededGenerator) throws -> JSONObject {
    let name = Self.names[Int.random(in: 0..<Self.names.count, using: &generator)]
    let currency = Self.currencies[Int.random(in: 0..<Self.currencies.count, using: &generator)]
    let product = Self.products[Int.random(in: 0..<Self.products.count, using: &generator)]
    let quantity = Int.random(in: 1...3, using: &generator)
    let price = Int.random(in: 500...9500, using: &generator)
    let customer = "cus_\(1000 + Int.random(in: 0..<400, using: &generator))"
    let text = """
      {"orderId":"ord_\(10_000 + number)","amount":\(quantity * price),"currency":"\(currency)",\
      "customer":{"id":"\(customer)","name":"\(name)","tier":"\(price > 5000 ? "gold" : "standard")"},\
      "items":[{"sku":"\(product)","quantity":\(quantity),"price":\(price)}]}
      """
    return try JSONValue(parsing: text).objectValue ?? JSONObject()
  }
}
