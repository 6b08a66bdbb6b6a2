import OrderedJSON

extension Evaluator {
  /// What a `for` yields: the items of all its rounds.
  func loop(
    _ name: String, _ source: Pipeline, _ body: Block, in scope: Scope, item: JSONValue?
  ) async throws(Interruption) -> ItemStream {
    let output = try await feeding(true).output(of: source, in: scope, item: item)
    // What is missing has no items: `for` over null runs no round.
    let items = if case .value(.null, _) = output { ItemStream([]) } else { output.items }
    session.loops += 1
    let number = session.loops
    var inside = self
    inside.loop = number
    let evaluator = inside
    var round: ItemStream?
    func nextItem() async throws(Interruption) -> JSONValue? {
      while true {
        do throws(Interruption) {
          if let item = try await round?.next() { return item }
          try payOwed()
          guard let element = try await items.next() else { return nil }
          let inner = Scope(inside: scope)
          inner.bind(name, to: element)
          round = try await evaluator.output(of: body, in: inner, item: item).asOne
        } catch {
          guard case .leftRound(number, let isLast) = error else { throw error }
          await round?.close()
          round = nil
          if isLast { return nil }
        }
      }
    }
    return ItemStream(
      cleanUp: {
        await round?.close()
        await items.close()
      },
      pull: { () async throws(Interruption) -> JSONValue? in try await nextItem() })
  }
}
