import MittrSDK
import OrderedJSON
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct PageSequenceTests {
  /// Pages of as many events as were asked for, out of `total`.
  private static func list(of total: Int) -> ScriptedTransport {
    ScriptedTransport { (request, _) throws(TransportError) in
      let query = request.query
      let start = query["cursor"].flatMap { Int($0) } ?? 0
      let end = min(total, start + (query["limit"].flatMap { Int($0) } ?? 100))
      return .page(start..<end, cursor: end < total ? String(end) : nil)
    }
  }

  /// Lets tasks run that were started meanwhile, so that a request too many is seen.
  private static func settle() async { for _ in 0..<200 { await Task.yield() } }

  @Test("All events come, in order, whatever the size of a page", arguments: [1, 2, 3, 7, 100])
  func everything(limit: Int) async throws {
    let transport = Self.list(of: 21)
    var ids: [String?] = []
    for try await event in Mittr(transport).events.iterate(EventListParameters(limit: limit)) { ids.append(event.id) }
    #expect(ids == (0..<21).map { "evt_\($0)" })
    #expect(transport.requests.count == (21 + limit - 1) / limit)
  }

  @Test("Batches bring the same events with the same requests, and end where the next page is asked for")
  func batches() async throws {
    for (limit, sizes) in [
      (1, Array(repeating: 1, count: 21)), (2, Array(repeating: 1, count: 21)), (8, [4, 4, 4, 4, 5]), (100, [21]),
    ] {
      let transport = Self.list(of: 21)
      var iterator = Mittr(transport).events.iterate(EventListParameters(limit: limit)).makeAsyncIterator()
      var ids: [String] = []
      var seen: [Int] = []
      while let items = try await iterator.nextItems() {
        ids += items.map(\.id)
        seen.append(items.count)
      }
      #expect(ids == (0..<21).map { "evt_\($0)" })
      #expect(seen == sizes, "\(limit)")
      #expect(transport.requests.count == (21 + limit - 1) / limit)
      #expect(try await iterator.nextItems() == nil)
    }
  }

  @Test("An error comes after the batches that came before it, and then the end; items that are left can be had singly")
  func brokenBatches() async throws {
    let transport = ScriptedTransport { (_, _) throws(TransportError) in .page(0..<4, cursor: "again") }
    var iterator = Mittr(transport).events.iterate(EventListParameters(limit: 4)).makeAsyncIterator()
    #expect(try await iterator.nextItems()?.map(\.id) == ["evt_0", "evt_1"])
    #expect(try await iterator.next()?.id == "evt_2")
    #expect(try await iterator.nextItems()?.map(\.id) == ["evt_3"])
    #expect(try await iterator.nextItems()?.count == 4)
    var error: MittrError?
    do throws(MittrError) { _ = try await iterator.nextItems() } catch let caught { error = caught }
    #expect(error?.code == "INVALID_RESPONSE")
    #expect(try await iterator.nextItems() == nil)
  }

  @Test("Nothing is requested before the first item is asked for")
  func lazy() async throws {
    let transport = Self.list(of: 3)
    var iterator = Mittr(transport).events.iterate().makeAsyncIterator()
    #expect(transport.requests.isEmpty)
    _ = try await iterator.next()
    #expect(transport.requests.count == 1)
  }

  @Test("The conditions of a list go with every page, and a page has 100 items when nobody says")
  func conditions() async throws {
    let transport = Self.list(of: 150)
    let parameters = EventListParameters(status: "failed", cursor: "20")
    for try await _ in Mittr(transport).events.iterate(parameters) {}
    #expect(
      transport.requests.map(\.target) == [
        "/api/v1/events?status=failed&limit=100&cursor=20", "/api/v1/events?status=failed&limit=100&cursor=120",
      ])
  }

  @Test(
    "A maximum bounds the items, the size of each page and the number of requests",
    arguments: [
      (0, nil, []), (-1, nil, []), (5, nil, ["5"]), (100, nil, ["100"]), (250, nil, ["100", "100", "50"]),
      (7, 3, ["3", "3", "1"]), (6, 3, ["3", "3"]), (2, 3, ["2"]),
    ] as [(Int, Int?, [String])])
  func maximum(maximum: Int, limit: Int?, pages: [String]) async throws {
    let transport = Self.list(of: 1000)
    var count = 0
    for try await _ in Mittr(transport).events.iterate(EventListParameters(limit: limit), maximum: maximum) {
      count += 1
    }
    #expect(count == max(0, maximum))
    #expect(transport.requests.map { $0.query["limit"] } == pages)
  }

  @Test("A server that sends more than was asked for does not get past the maximum")
  func overdelivery() async throws {
    let transport = ScriptedTransport { (_, _) throws(TransportError) in .page(0..<50, cursor: "next") }
    var count = 0
    for try await _ in Mittr(transport).events.iterate(maximum: 10) { count += 1 }
    #expect(count == 10)
    #expect(transport.requests.count == 1)
  }

  @Test("Leaving the loop in the first half of a page costs no further request")
  func earlyBreak() async throws {
    let transport = Self.list(of: 1000)
    var count = 0
    for try await _ in Mittr(transport).events.iterate(EventListParameters(limit: 10)) {
      count += 1
      if count == 5 {
        await Self.settle()
        break
      }
    }
    await Self.settle()
    #expect(transport.requests.count == 1)
  }

  @Test("The second half of a page is consumed while the next page, and only that, is on its way")
  func prefetch() async throws {
    let (arrivals, continuation) = AsyncStream.makeStream(of: Int.self)
    let transport = ScriptedTransport { (_, index) throws(TransportError) in
      continuation.yield(index)
      return .page(index * 10..<index * 10 + 10, cursor: "c\(index)")
    }
    var arrival = arrivals.makeAsyncIterator()
    var iterator = Mittr(transport).events.iterate(EventListParameters(limit: 10)).makeAsyncIterator()
    for _ in 0..<5 { _ = try await iterator.next() }
    await Self.settle()
    #expect(transport.requests.count == 1)
    #expect(try await iterator.next()?.id == "evt_5")
    #expect(await arrival.next() == 0)
    // The request leaves by itself: nobody asks for an item meanwhile.
    #expect(await arrival.next() == 1)
    for number in 6..<10 { #expect(try await iterator.next()?.id == "evt_\(number)") }
    await Self.settle()
    #expect(transport.requests.count == 2)
    #expect(try await iterator.next()?.id == "evt_10")
    await Self.settle()
    #expect(transport.requests.count == 2)
  }

  /// Answers the first request with a page and keeps all others waiting until they are cancelled.
  private static func stalling(_ events: AsyncStream<String>.Continuation) -> ScriptedTransport {
    ScriptedTransport { (_, index) throws(TransportError) in
      if index == 0 { return .page(0..<4, cursor: "c") }
      events.yield("asked")
      try? await Task.sleep(for: .seconds(86_400))
      events.yield("cancelled")
      throw TransportError(.cancelled, mayHaveReachedServer: true, message: "the task was cancelled")
    }
  }

  @Test("Leaving the loop cancels the page that is on its way")
  func breakCancels() async throws {
    let (events, continuation) = AsyncStream.makeStream(of: String.self)
    var event = events.makeAsyncIterator()
    let transport = Self.stalling(continuation)
    var count = 0
    for try await _ in Mittr(transport).events.iterate(EventListParameters(limit: 4)) {
      count += 1
      if count == 3 { break }
    }
    #expect(await event.next() == "asked")
    #expect(await event.next() == "cancelled")
  }

  @Test("Cancelling the task ends the wait for a page with CANCELLED, and the page's request with it")
  func cancelledTask() async throws {
    let (events, continuation) = AsyncStream.makeStream(of: String.self)
    var event = events.makeAsyncIterator()
    let transport = Self.stalling(continuation)
    let task = Task {
      await failure { () throws(MittrError) in
        for try await _ in Mittr(transport).events.iterate(EventListParameters(limit: 4)) {}
      }
    }
    #expect(await event.next() == "asked")
    task.cancel()
    #expect(await event.next() == "cancelled")
    #expect(await task.value?.code == "CANCELLED")
  }

  @Test("A cursor that comes again ends in an error, after the items that came")
  func repeatedCursor() async throws {
    let transport = ScriptedTransport { (_, _) throws(TransportError) in .page(0..<2, cursor: "again") }
    var iterator = Mittr(transport).events.iterate().makeAsyncIterator()
    for _ in 0..<4 { #expect(try await iterator.next() != nil) }
    var error: MittrError?
    do throws(MittrError) { _ = try await iterator.next() } catch let caught { error = caught }
    #expect(error?.code == "INVALID_RESPONSE")
    #expect(error?.message.contains("cursor") == true)
    #expect(transport.requests.count == 2)
    // An iterator that failed is at its end.
    #expect(try await iterator.next() == nil)
  }

  @Test("A cursor that came before ends in an error, at whatever distance", arguments: [1, 2, 3, 50])
  func cycle(length: Int) async {
    let transport = ScriptedTransport { (_, index) throws(TransportError) in
      .page(index..<index + 1, cursor: "c\(index % length)")
    }
    var count = 0
    let error = await failure { () throws(MittrError) in
      for try await _ in Mittr(transport).events.iterate() { count += 1 }
    }
    #expect(error?.code == "INVALID_RESPONSE")
    #expect(error?.message == "the list would never end: the server gave a cursor that it had given before")
    #expect(count == length + 1)
    #expect(transport.requests.count == length + 1)
  }

  @Test("The cursor that the caller began with counts as well")
  func cycleToTheStart() async {
    let transport = ScriptedTransport { (_, index) throws(TransportError) in .page(index..<index + 1, cursor: "start") }
    let error = await failure { () throws(MittrError) in
      for try await _ in Mittr(transport).events.iterate(EventListParameters(cursor: "start")) {}
    }
    #expect(error?.code == "INVALID_RESPONSE")
    #expect(transport.requests.count == 1)
  }

  @Test(
    "Pages that bring only what came before end in an error, though each has a cursor of its own", arguments: [1, 7])
  func nothingNew(pages: Int) async {
    let transport = ScriptedTransport { (_, index) throws(TransportError) in
      .page(index % pages * 2..<index % pages * 2 + 2, cursor: "c\(index)")
    }
    let error = await failure { () throws(MittrError) in for try await _ in Mittr(transport).events.iterate() {} }
    #expect(error?.message == "the list would never end: the server sends nothing but items that came before")
    #expect(transport.requests.count == pages + 3)
  }

  @Test("A page that comes again because newer items have moved it is no reason to stop")
  func shiftedPage() async throws {
    let pages = [0..<2, 0..<2, 1..<3, 3..<5]
    let transport = ScriptedTransport { (_, index) throws(TransportError) in
      .page(pages[index], cursor: index + 1 < pages.count ? "c\(index)" : nil)
    }
    var ids: Set<String?> = []
    for try await event in Mittr(transport).events.iterate() { ids.insert(event.id) }
    #expect(ids.count == 5)
  }

  @Test("Items without an id are told apart by all that they say")
  func nameless() async throws {
    let transport = ScriptedTransport { (_, index) throws(TransportError) in
      .json(#"{"data":[{"n":\#(index)}],"pagination":{"hasMore":\#(index < 9),"cursor":"c\#(index)"}}"#)
    }
    var count = 0
    for try await _ in Mittr(transport).eventRecords.iterate(.init()) { count += 1 }
    #expect(count == 10)
  }

  /// A server whose cursor is a number of items, and whose list holds what was not replayed yet.
  private final class OffsetServer: Sendable {
    let state: Mutex<(left: [Int], replays: [Int: Int], lists: Int)>

    init(_ count: Int) { state = Mutex((Array(0..<count), [:], 0)) }

    /// - Parameter refused: those whose replay is refused, so that they stay on the list.
    func transport(refused: Set<Int> = []) -> ScriptedTransport {
      ScriptedTransport { (request, _) throws(TransportError) in
        self.state.withLock { state in
          guard request.method == "GET" else {
            let number = Int(request.target.split(separator: "/")[3].dropFirst(4)) ?? -1
            state.replays[number, default: 0] += 1
            if refused.contains(number) { return TransportResponse(status: 409) }
            state.left.removeAll { $0 == number }
            return .json("{}")
          }
          state.lists += 1
          let start = request.query["cursor"].flatMap { Int($0) } ?? 0
          let end = start + (request.query["limit"].flatMap { Int($0) } ?? 100)
          let data = state.left.dropFirst(start).prefix(end - start).map { #"{"id":"evt_\#($0)"}"# }
          let hasMore = end < state.left.count
          return .json(
            #"{"data":[\#(data.joined(separator: ","))],"pagination":{"hasMore":\#(hasMore),"cursor":"\#(end)"}}"#)
        }
      }
    }
  }

  @Test(
    "A list that the loop itself makes shorter is looked at again until nothing is missing, and brings nothing twice",
    arguments: [0, 1, 9, 10, 11, 95, 300], [0, 2] as [Int])
  func shrinkingList(count: Int, refusedEach: Int) async throws {
    let server = OffsetServer(count)
    let refused = Set((0..<count).filter { refusedEach > 0 && $0 % 5 < refusedEach })
    let mittr = Mittr(server.transport(refused: refused), retryPolicy: .never)
    for try await event in mittr.events.iterate(EventListParameters(status: "failed", limit: 10)) {
      let id = event.id
      _ = await failure { () throws(MittrError) in try await mittr.events.replay(id) }
    }
    let replays = server.state.withLock(\.replays)
    #expect(replays.count == count)
    #expect(replays.values.allSatisfy { $0 == 1 })
  }

  @Test("A list that is only read, or that replays do not shorten, is read once")
  func readOnce() async throws {
    for (status, replays) in [(.failed, false), (nil, true)] as [(EventStatus?, Bool)] {
      let server = OffsetServer(30)
      let mittr = Mittr(server.transport(refused: Set(0..<30)), retryPolicy: .never)
      for try await event in mittr.events.iterate(EventListParameters(status: status, limit: 10)) {
        let id = event.id
        if replays { _ = await failure { () throws(MittrError) in try await mittr.events.replay(id) } }
      }
      #expect(server.state.withLock(\.lists) == 3)
    }
  }

  @Test("A list that goes on changing for ever ends in an error")
  func restlessList() async {
    let transport = ScriptedTransport { (request, index) throws(TransportError) in
      guard request.method == "GET" else { return .json("{}") }
      return .page(index * 2..<index * 2 + 2, cursor: request.query["cursor"] == nil ? "1" : nil)
    }
    let mittr = Mittr(transport)
    let error = await failure { () throws(MittrError) in
      for try await event in mittr.events.iterate(EventListParameters(status: "failed")) {
        _ = try await mittr.events.replay(event.id)
      }
    }
    #expect(error?.message.hasPrefix("the list went on changing while it was read") == true)
  }

  @Test("More items without a cursor is an error, unless the maximum was reached")
  func missingCursor() async throws {
    let text = #"{"data":[{"id":"a"},{"id":"b"}],"pagination":{"hasMore":true,"cursor":null}}"#
    let transport = ScriptedTransport { (_, _) throws(TransportError) in .json(text) }
    let error = await failure { () throws(MittrError) in
      for try await _ in Mittr(transport).events.iterate() {}
    }
    #expect(error?.code == "INVALID_RESPONSE")
    for try await _ in Mittr(transport).events.iterate(maximum: 2) {}
    #expect(transport.requests.count == 2)
  }

  @Test("A server that only ever sends empty pages is stopped")
  func emptyPages() async {
    let transport = ScriptedTransport { (_, index) throws(TransportError) in .page(0..<0, cursor: "c\(index)") }
    let error = await failure { () throws(MittrError) in for try await _ in Mittr(transport).events.iterate() {} }
    #expect(error?.code == "INVALID_RESPONSE")
    #expect(transport.requests.count == 1000)
  }

  @Test("A page that fails ends the loop with its error, after the items that came")
  func failingPage() async {
    let transport = ScriptedTransport { (_, index) throws(TransportError) in
      index == 0 ? .page(0..<4, cursor: "c") : TransportResponse(status: 401)
    }
    var count = 0
    let error = await failure { () throws(MittrError) in
      for try await _ in Mittr(transport).events.iterate(EventListParameters(limit: 4)) { count += 1 }
    }
    #expect(count == 4)
    #expect(error?.code == "HTTP_401")
  }
}

extension TransportRequest {
  fileprivate var query: [String: String] {
    let pairs = target.split(separator: "?").dropFirst().joined().split(separator: "&").map { $0.split(separator: "=") }
    return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), String($0[1])) })
  }
}
