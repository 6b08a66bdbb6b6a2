/// All items of a list, page by page.
///
/// Nothing is requested before the first `next()`. While the second half of a page is consumed, the next page is already
/// on its way: one page ahead, never more, and none that the maximum makes needless. Leaving the loop cancels what is
/// on its way.
///
/// The loop ends with a `MittrError` when a page cannot be had; `CANCELLED` when its task is cancelled;
/// `INVALID_RESPONSE` when the server says that more follows but gives no cursor, or the same cursor twice in a row,
/// since otherwise the loop might never end. Items that came before are delivered first.
public struct PageSequence<Item: Sendable>: AsyncSequence, Sendable {
  public typealias Element = Item
  public typealias Failure = MittrError

  private let walk: PageWalk
  private let load: @Sendable (PageWalk.Request) async throws(MittrError) -> Page<Item>

  init(
    limit: Int?, cursor: String?, maximum: Int?, likely: Int? = nil,
    load: @escaping @Sendable (PageWalk.Request) async throws(MittrError) -> Page<Item>
  ) {
    walk = PageWalk(limit: limit, cursor: cursor, maximum: maximum, likely: likely)
    self.load = load
  }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(walk: walk, load: load) }

  public struct AsyncIterator: AsyncIteratorProtocol {
    private var walk: PageWalk
    private let load: @Sendable (PageWalk.Request) async throws(MittrError) -> Page<Item>
    private var items: ArraySlice<Item> = []
    /// How many items are left when the next page is asked for; -1 when none will be.
    private var leftAtPrefetch = -1
    private var ahead: PageInFlight<Item>?
    /// How many items there are in all, once a page has told it.
    public private(set) var total: Int?

    fileprivate init(
      walk: PageWalk, load: @escaping @Sendable (PageWalk.Request) async throws(MittrError) -> Page<Item>
    ) {
      self.walk = walk
      self.load = load
    }

    /// Whether `next()` has an item, so that nothing need be waited for.
    package var hasItem: Bool { !items.isEmpty }

    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(MittrError) -> Item? {
      guard !Task.isCancelled else { throw fail(.cancelled()) }
      while items.isEmpty {
        switch walk.next {
        case .finished: return nil
        case .failed(let error): throw fail(error)
        case .request(let request): try await loadPage(request, isolation: actor)
        }
      }
      if items.count <= leftAtPrefetch { prefetch() }
      return items.popFirst()
    }

    private mutating func loadPage(
      _ request: PageWalk.Request, isolation actor: isolated (any Actor)?
    ) async throws(MittrError) {
      let page: Page<Item>
      do throws(MittrError) {
        let ahead = self.ahead
        self.ahead = nil
        page = if let ahead { try await ahead.page() } else { try await load(request) }
      } catch {
        throw fail(error)
      }
      total = page.pagination.total ?? total
      items = page.data.prefix(walk.accept(page.pagination, count: page.data.count))
      leftAtPrefetch = if walk.isEager, case .request = walk.next { items.count / 2 } else { -1 }
    }

    private mutating func prefetch() {
      leftAtPrefetch = -1
      guard case .request(let request) = walk.next else { return }
      ahead = PageInFlight { [load] () throws(MittrError) in try await load(request) }
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
