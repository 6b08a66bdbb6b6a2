/// Where the items of a bulk call come from: asked for one at a time, in a task of their own.
struct ItemSource<Item: Sendable>: Sendable {
  typealias Answer = @Sendable (Result<Item?, any Error>) -> Void

  /// Answers each demand with the next item, or with nil at the end, which ends it; so does an error, or cancelling its
  /// task.
  let serve: @Sendable (_ demands: AsyncStream<Void>, _ answer: Answer) async -> Void

  init<Items: AsyncSequence & Sendable>(_ items: Items) where Items.Element == Item {
    serve = { demands, answer in
      var iterator = items.makeAsyncIterator()
      for await _ in demands {
        do {
          let item = try await iterator.next()
          answer(.success(item))
          if item == nil { return }
        } catch {
          return answer(.failure(error))
        }
      }
    }
  }

  init<Items: Sequence & Sendable>(_ items: Items) where Items.Element == Item {
    serve = { demands, answer in
      var iterator = items.makeIterator()
      for await _ in demands {
        let item = iterator.next()
        answer(.success(item))
        if item == nil { return }
      }
    }
  }
}
