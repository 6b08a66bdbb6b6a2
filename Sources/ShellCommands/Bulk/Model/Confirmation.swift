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
  /// Where the items are changed, as a person calls it.
  var place: String?

  /// So many items are looked at to say how many there are.
  private static let sample = 20

  /// The same items, once a person agreed; nil when that was refused, which is told.
  /// - Parameter wanted: how many will be changed at most, if that is known.
  func confirmed(_ items: ItemStream, wanted: Int?) async throws(Interruption) -> ItemStream? {
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
    guard try await ask("\(verb) \(count) \(noun)\(held.count == 1 ? "" : "s")") else {
      await items.close()
      return nil
    }
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

  /// - Returns: whether it may be done; what was refused is told.
  func confirm(id: String) async throws(Interruption) -> Bool {
    if call.session.assumesYes { return true }
    if try await call.value(BulkOptions.yes) { return true }
    return try await ask("\(verb) \(id)")
  }

  /// A refusal is what a person wanted, and no failure.
  private func ask(_ action: String) async throws(Interruption) -> Bool {
    let question = action + (place.map { " on \($0)" } ?? "") + "?"
    guard let prompter = call.session.prompter, await !prompter.confirm(question) else { return true }
    if Task.isCancelled { throw .cancelled }
    call.tell("\(verb): nothing was changed")
    return false
  }
}
