import Interpreter
import OrderedJSON

/// Asks before many things are changed or anything is deleted, on a terminal only. Elsewhere deleting what comes from a
/// pipe needs `--yes`.
struct Confirmation {
  let call: Call
  let verb: String
  let target: TargetKind
  let isDestructive: Bool

  /// So many items are looked at to say how many there are.
  private static let sample = 20

  /// The same items, once somebody agreed.
  func confirmed(_ items: ItemStream) async throws(Interruption) -> ItemStream {
    if call.session.assumesYes { return items }
    if try await call.value(BulkOptions.yes) { return items }
    guard call.session.ask != nil else {
      guard !isDestructive else {
        throw .failure(
          Failure("confirmation-needed", "'\(verb)' on many \(target.name)s needs --yes where nobody can be asked"))
      }
      return items
    }
    var held: [JSONValue] = []
    while held.count < Self.sample, let item = try await items.next() { held.append(item) }
    guard !held.isEmpty else { return items }
    let total = held.count < Self.sample ? held.count : items.total?()
    let count = total.map { "\($0)" } ?? "at least \(held.count)"
    try await ask("\(verb) \(count) \(target.name)\(held.count == 1 ? "" : "s")?", closing: items)
    var rest = held[...]
    let stream = ItemStream(
      kind: items.kind, cleanUp: { await items.close() },
      pull: { () async throws(Interruption) -> JSONValue? in
        if let item = rest.popFirst() { return item }
        return try await items.next()
      })
    stream.total = { items.total?() }
    return stream
  }

  func confirm(id: String) async throws(Interruption) {
    if call.session.assumesYes { return }
    if try await call.value(BulkOptions.yes) { return }
    try await ask("\(verb) \(id)?", closing: nil)
  }

  private func ask(_ question: String, closing items: ItemStream?) async throws(Interruption) {
    guard let ask = call.session.ask, await !ask(question) else { return }
    await items?.close()
    if Task.isCancelled { throw .cancelled }
    throw .failure(Failure("not-confirmed", "nothing was changed"))
  }
}
