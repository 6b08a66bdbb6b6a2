/// One item of a bulk call, and what became of it.
public struct BulkResult<Item: Sendable, Output: Sendable>: Sendable {
  /// The item that the call was made for.
  public let item: Item
  /// What the call of this one item returned or threw. An error's `isOutcomeUnknown` says whether it may have been done all
  /// the same.
  public let result: Result<Output, MittrError>

  /// What the item's call returned.
  /// - Throws: what it threw.
  public func get() throws(MittrError) -> Output { try result.get() }
}

/// The results of a bulk call, in the order of its items.
///
/// ```swift
/// let failed = mittr.events.iterate(EventListParameters(status: "failed"))
/// for try await replayed in mittr.events.replay(failed, concurrency: 8) {
///   switch replayed.result {
///   case .success(let event): print(event)
///   case .failure(let error): print(replayed.item, error)
///   }
/// }
/// ```
/// Nothing is taken or sent before the first `next()`, and an item is taken only when its request may go out, so that a
/// list is fetched no faster than it is used. A slow request holds up what is shown, but no other request, until 16 times
/// `concurrency` results wait.
///
/// A refusal because of the rate limit, or a server out of reach, makes the whole run pause, and the item is sent again
/// afterwards. An item whose answer was lost is sent again only where that does no more than sending it once; otherwise its
/// result says that nobody knows. An item that fails alone does not stop the others.
///
/// The loop ends with an error once all results before it were given:
/// - with a `MittrError` when an item failed as all others would: the key is refused, the quota is used up, the server is
///   not there. That item's result is given first. Items without a result were certainly not done.
/// - with `CANCELLED` when its task is cancelled. Requests under way are given up, and told as results first.
/// - with whatever the sequence of the items throws, once what is under way has its results.
///
/// Leaving the loop early sends nothing more; what is under way is seen through, and its results are not told.
public struct BulkSequence<Item: Sendable, Output: Sendable>: AsyncSequence, Sendable {
  public typealias Element = BulkResult<Item, Output>
  public typealias Failure = any Error

  private let items: ItemSource<Item>
  private let action: BulkAction<Item, Output>
  private let client: APIClient
  private let concurrency: Int

  init(_ items: ItemSource<Item>, _ action: BulkAction<Item, Output>, by client: APIClient, concurrency: Int) {
    self.items = items
    self.action = action
    self.client = client
    self.concurrency = Swift.max(1, concurrency)
  }

  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(run: BulkCallRun(items, action, by: client, concurrency: concurrency))
  }

  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let run: BulkCallRun<Item, Output>

    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(any Error) -> BulkResult<Item, Output>? {
      try await run.next(isolation: actor)
    }
  }
}
