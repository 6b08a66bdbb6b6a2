import Interpreter
import MittrSDK
import OrderedJSON

/// The items of a list: one page, or all pages one after another. No request is sent before the first item is asked for.
struct PagedStream<Item: Sendable> {
  let call: Call
  let kind: ItemKind
  let json: (Item) -> JSONObject
  /// The page size that the user asked for.
  let limit: Int?
  /// One page of at most so many items; nil leaves it to the server.
  let page: (Mittr, Int?) async throws(MittrError) -> Page<Item>
  /// All pages, at most so many items in all, of which so many will probably do.
  let pages: (Mittr, _ maximum: Int?, _ likely: Int?) -> PageSequence<Item>

  /// The largest page that the API gives.
  private static var largestPage: Int { 100 }

  func stream(all: Bool) -> ItemStream { all ? allPages() : onePage() }

  private func allPages() -> ItemStream {
    var maximum: Int?
    var likely: Int?
    var iterator: PageSequence<Item>.AsyncIterator?
    return ItemStream(
      kind: kind, expecting: { maximum = $0 }, hinting: { likely = $0 }, cleanUp: { iterator = nil },
      pull: { () async throws(Interruption) -> JSONValue? in
        if iterator == nil { iterator = pages(try await call.client(), maximum, likely).makeAsyncIterator() }
        try call.session.flush()
        do throws(MittrError) {
          return try await iterator?.next().map { .object(json($0)) }
        } catch {
          throw Interruption(error)
        }
      })
  }

  private func onePage() -> ItemStream {
    var wanted: Int?
    var rest: ArraySlice<Item>?
    var leftOut: (() -> Void)?
    return ItemStream(
      kind: kind, expecting: { wanted = $0 },
      pull: { () async throws(Interruption) -> JSONValue? in
        if rest == nil {
          guard wanted != 0 else { return nil }
          let size = limit ?? wanted.map { min($0, Self.largestPage) }
          let answer = try await call.request { client throws(MittrError) in try await page(client, size) }
          rest = answer.data[...]
          let isSeen = call.feedsCommand || call.session.rendering.isTerminal
          if answer.pagination.hasMore, isSeen { leftOut = { warn(answer) } }
        }
        if let item = rest?.popFirst() { return .object(json(item)) }
        // Only whoever wanted more than the page has lost something.
        leftOut?()
        return nil
      })
  }

  private func warn(_ page: Page<Item>) {
    let count = page.pagination.total.map { "\($0 - page.data.count)" } ?? "some"
    call.warn(
      "left-out", "only one page of \(page.data.count) was listed; \(count) more were left out",
      help: "--all lists them all")
  }
}
