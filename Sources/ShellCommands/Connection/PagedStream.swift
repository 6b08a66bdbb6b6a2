import Interpreter
import MittrSDK
import OrderedJSON

/// The items of a list: one page, or all pages one after another. No request is sent before the first item is asked for.
struct PagedStream {
  let call: Call
  let kind: ItemKind
  /// The page size that the user asked for.
  let limit: Int?
  /// The path and query of a page of so many items.
  let target: (Int?) -> String
  /// One page of at most so many items; nil leaves it to the server.
  let page: (Mittr, Int?) async throws(MittrError) -> Page<JSONObject>
  /// All pages, at most so many items in all, of which so many will probably do.
  let pages: (Mittr, _ maximum: Int?, _ likely: Int?) -> PageSequence<JSONObject>

  /// The largest page that the API gives.
  private static var largestPage: Int { 100 }

  func stream(all: Bool) -> ItemStream { all ? allPages() : onePage() }

  /// What `stream(all:)` would request.
  func planned(all: Bool, _ demand: Demand) -> [PlannedRequest] {
    guard demand.atMost != 0 else { return [] }
    guard all else { return [PlannedRequest("GET", target(pageSize(demand.atMost)), times: "once")] }
    let usual = limit ?? Self.largestPage
    let first = min(usual, demand.atMost ?? usual, demand.about.map { max(1, $0) } ?? usual)
    return [PlannedRequest("GET", target(first), times: times(demand, page: usual))]
  }

  private func times(_ demand: Demand, page: Int) -> String {
    if let count = demand.atMost {
      return count <= page ? "once" : "a page at a time, until \(count) have come"
    }
    if let count = demand.about, count <= page { return "once; more pages only if fewer than \(count) pass" }
    if let count = demand.about ?? demand.passing { return "a page at a time, until \(count) have passed" }
    return demand.mayStop ? "a page at a time, as far as needed" : "a page at a time, to the last"
  }

  /// How many items a single page is asked for.
  private func pageSize(_ wanted: Int?) -> Int? { limit ?? wanted.map { min($0, Self.largestPage) } }

  private func allPages() -> ItemStream {
    var maximum: Int?
    var likely: Int?
    var iterator: PageSequence<JSONObject>.AsyncIterator?
    var ready: ArraySlice<JSONObject> = []
    var count = 0
    var total: Int?
    let progress = call.session.progress
    let stream = ItemStream(
      kind: kind, expecting: { maximum = $0 }, hinting: { likely = $0 },
      cleanUp: {
        iterator = nil
        ready = []
        progress?.showReading(call.name, nil)
      },
      pull: { () async throws(Interruption) -> JSONValue? in
        if !Task.isCancelled, let item = ready.popFirst() {
          count += 1
          return .object(item)
        }
        if iterator == nil { iterator = pages(try await call.client(), maximum, likely).makeAsyncIterator() }
        if iterator?.hasItem != true {
          progress?.showReading(call.name, count)
          try call.session.flush()
        }
        count += 1
        do throws(MittrError) {
          ready = try await iterator?.nextItems() ?? []
          total = iterator?.total
          return ready.popFirst().map { .object($0) }
        } catch {
          throw Interruption(error)
        }
      })
    stream.total = { total }
    return stream
  }

  private func onePage() -> ItemStream {
    var wanted: Int?
    var rest: ArraySlice<JSONObject>?
    var leftOut: (() -> Void)?
    return ItemStream(
      kind: kind, expecting: { wanted = $0 },
      pull: { () async throws(Interruption) -> JSONValue? in
        if rest == nil {
          guard wanted != 0 else { return nil }
          let size = pageSize(wanted)
          let answer = try await call.request { client throws(MittrError) in try await page(client, size) }
          rest = answer.data[...]
          if answer.pagination.hasMore { leftOut = { warn(answer) } }
        }
        if let item = rest?.popFirst() { return .object(item) }
        // Only a consumer that wanted more than this page loses something.
        leftOut?()
        return nil
      })
  }

  private func warn(_ page: Page<JSONObject>) {
    // More are said to follow; a total that says otherwise tells nothing.
    let rest = page.pagination.total.flatMap { total in
      total > page.data.count ? total - page.data.count : nil
    }
    let count = rest.map { "\($0)" } ?? "some"
    call.warn(
      .leftOut,
      "only one page of \(page.data.count) was listed; \(count) more \(rest == 1 ? "was" : "were") left out",
      help: "--all lists them all" + goingOn(page.pagination.cursor))
  }

  /// A cursor that is long, or would have to be quoted in more than one way, is not shown.
  private func goingOn(_ cursor: String?) -> String {
    guard let cursor, cursor.utf8.count <= 200, !cursor.contains("'") else { return "" }
    return "; --cursor '\(cursor)' goes on"
  }
}
