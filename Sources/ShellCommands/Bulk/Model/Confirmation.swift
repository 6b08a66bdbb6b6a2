import Interpreter
import OrderedJSON

/// Asks before many things are changed or anything is deleted, on a terminal only. Elsewhere deleting what comes from a
/// pipe needs `--yes`.
struct Confirmation {
  let call: Call
  let verb: String
  /// What the items are, such as `event`.
  let noun: String
  let isDestructive: Bool

  /// So many items are looked at to say how many there are.
  private static let sample = 20

  /// The same items, once a person agreed.
  /// - Parameter wanted: how many will be changed at most, if that is known.
  func confirmed(_ items: ItemStream, wanted: Int?) async throws(Interruption) -> ItemStream {
    if call.session.assumesYes { return items }
    if try await call.value(BulkOptions.yes) { return items }
    guard call.session.prompter != nil else {
      guard !isDestructive else {
        throw .failure(
          Failure("confirmation-needed", "'\(verb)' on many \(noun)s needs --yes where nobody can be asked"))
      }
      return items
    }
    var held: [JSONValue] = []
    let sample = min(Self.sample, wanted ?? .max)
    while held.count < sample, let item = try await items.next() { held.append(item) }
    guard !held.isEmpty else { return items }
    let count = text(of: held.count, isAll: held.count < Self.sample, total: items.total?(), wanted: wanted)
    try await ask("\(verb) \(count) \(noun)\(held.count == 1 ? "" : "s")?", closing: items)
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

  /// How many there are, as far as that is known.
  private func text(of count: Int, isAll: Bool, total: Int?, wanted: Int?) -> String {
    if isAll || count == wanted { return "\(count)" }
    if let total { return "\(min(total, wanted ?? .max))" }
    return wanted.map { "up to \($0)" } ?? "at least \(count)"
  }

  func confirm(id: String) async throws(Interruption) {
    if call.session.assumesYes { return }
    if try await call.value(BulkOptions.yes) { return }
    try await ask("\(verb) \(id)?", closing: nil)
  }

  private func ask(_ question: String, closing items: ItemStream?) async throws(Interruption) {
    guard let prompter = call.session.prompter, await !prompter.confirm(question) else { return }
    await items?.close()
    if Task.isCancelled { throw .cancelled }
    throw .failure(Failure("not-confirmed", "nothing was changed"))
  }
}
