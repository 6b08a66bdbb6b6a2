/// All items of a list, page by page.
///
/// Nothing is requested before the first `next()`. While the second half of a page is consumed, the next page is already
/// on its way: one page ahead, never more, and none that the maximum makes needless. Leaving the loop cancels what is
/// on its way.
///
/// The loop ends with a `MittrError` when a page cannot be had; `CANCELLED` when its task is cancelled;
/// `INVALID_RESPONSE` when the server says that more follows but gives no cursor, a cursor that it gave before, or page
/// after page with nothing but items that came before, since otherwise the loop might never end. Items that came before
/// are delivered first.
///
/// ### A list that the loop itself makes shorter
///
/// Replaying the events of a list of failed ones removes them from that list. Where the server's cursor is a number of
/// items, those behind then move up, and the next page passes over some. So when this client changed anything while a list
/// of more than one page was read, and that may drop items from it (events listed by status, and all endpoints), the list
/// is looked at again from the start, and those items are delivered that have not come before; until nothing changed during
/// a look. For this the ids of all items are remembered, in 9 to 10 bytes each.
public struct PageSequence<Item: Sendable>: AsyncSequence, Sendable {
  public typealias Element = Item
  public typealias Failure = MittrError

  /// Where the items come from.
  struct Source: Sendable {
    /// Notes what is changed meanwhile.
    let changes: ChangeLog
    /// What tells an item from all others.
    let id: @Sendable (Item) -> String
    let load: @Sendable (PageWalk.Request) async throws(MittrError) -> Page<Item>
  }

  private let walk: PageWalk
  private let source: Source

  init(_ walk: PageWalk, _ source: Source) {
    self.walk = walk
    self.source = source
  }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(walk, source) }

  public struct AsyncIterator: AsyncIteratorProtocol {
    private var walk: PageWalk
    private let source: Source
    /// When the first page of this look at the list was asked for.
    private var start: ChangeLog.Mark
    private var items: ArraySlice<Item> = []
    /// How many items are left when the next page is asked for; -1 when none will be.
    private var leftAtPrefetch = -1
    private var ahead: PageInFlight<Item>?
    /// How many items there are in all, once a page has told it.
    public private(set) var total: Int?

    fileprivate init(_ walk: PageWalk, _ source: Source) {
      self.walk = walk
      self.source = source
      start = source.changes.mark
    }

    /// Whether there is an item, so that nothing need be waited for.
    package var hasItem: Bool { !items.isEmpty }

    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(MittrError) -> Item? {
      try await makeReady(isolation: actor)
      return items.popFirst()
    }

    /// Several items at once: those that are there, up to where the next page is to be asked for. Nil at the end; never none.
    ///
    /// Who takes half a page at a time needs no call of a generic function for each item.
    package mutating func nextItems(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(MittrError) -> ArraySlice<Item>? {
      try await makeReady(isolation: actor)
      let count = leftAtPrefetch < 0 ? items.count : items.count - leftAtPrefetch
      defer { items = items.dropFirst(count) }
      return items.isEmpty ? nil : items.prefix(count)
    }

    /// Returns once there are items, or none will come any more.
    private mutating func makeReady(isolation actor: isolated (any Actor)?) async throws(MittrError) {
      guard !Task.isCancelled else { throw fail(.cancelled()) }
      while items.isEmpty {
        switch walk.next {
        case .finished: return
        case .failed(let error): throw fail(error)
        case .request(let request): try await loadPage(request, isolation: actor)
        }
      }
      if items.count <= leftAtPrefetch { prefetch() }
    }

    private mutating func loadPage(
      _ request: PageWalk.Request, isolation actor: isolated (any Actor)?
    ) async throws(MittrError) {
      let page: Page<Item>
      if walk.isAtStart { start = source.changes.mark }
      do throws(MittrError) {
        let ahead = self.ahead
        self.ahead = nil
        page = if let ahead { try await ahead.page() } else { try await source.load(request) }
      } catch {
        throw fail(error)
      }
      // A later look has fewer items.
      if walk.pass == 1 { total = page.pagination.total ?? total }
      items = walk.accept(page, id: source.id, hasChanged: source.changes.hasChanges(since: start))
      leftAtPrefetch = if walk.isEager, case .request = walk.next { items.count / 2 } else { -1 }
    }

    private mutating func prefetch() {
      leftAtPrefetch = -1
      guard case .request(let request) = walk.next else { return }
      ahead = PageInFlight { [source] () throws(MittrError) in try await source.load(request) }
    }

    /// An iterator that failed is at its end.
    private mutating func fail(_ error: MittrError) -> MittrError {
      walk.finish()
      items = []
      ahead = nil
      return error
    }
  }
}
