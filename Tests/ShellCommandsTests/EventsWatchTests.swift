import Interpreter
import MittrSDK
import Synchronization
import Testing

@Suite("events watch", .timeLimit(.minutes(1)))
struct EventsWatchTests {
  /// A list that grows while it is watched, newest first, in pages of at most `pageSize`.
  private final class GrowingList: Sendable {
    private let events = Mutex<[(id: String, time: Int)]>([])
    let pageSize: Int
    /// Called after each page, which may add events.
    let afterPage: @Sendable (GrowingList, _ number: Int) -> Void
    private let pages = Mutex(0)

    init(_ count: Int = 0, pageSize: Int = 100, afterPage: @escaping @Sendable (GrowingList, Int) -> Void = { _, _ in })
    {
      self.pageSize = pageSize
      self.afterPage = afterPage
      add(count)
    }

    /// - Parameter time: milliseconds after 2026-01-01; nil for one more than the newest.
    func add(_ count: Int, at time: Int? = nil) {
      events.withLock { events in
        for _ in 0..<count { events.append(("evt_\(events.count + 1)", time ?? (events.last?.time ?? 0) + 1)) }
      }
    }

    var api: ScriptedAPI {
      ScriptedAPI { request throws(TransportError) in
        let answer = self.page(request)
        self.afterPage(
          self,
          self.pages.withLock { pages in
            pages += 1
            return pages
          })
        return .json(answer)
      }
    }

    private func page(_ request: TransportRequest) -> String {
      let all = events.withLock { $0 }.enumerated().sorted {
        ($0.element.time, $0.offset) > ($1.element.time, $1.offset)
      }
      // The cursor is the last event's place, so that what is added in between moves nothing.
      let rest: [EnumeratedSequence<[(id: String, time: Int)]>.Element]
      if let cursor = request.query("cursor").flatMap(Int.init) {
        rest = Array(all.drop { $0.offset != cursor }.dropFirst())
      } else {
        rest = all
      }
      let size = min(pageSize, Int(request.query("limit") ?? "") ?? pageSize)
      let data = rest.prefix(size).map { entry in
        let (seconds, milliseconds) = entry.element.time.quotientAndRemainder(dividingBy: 1000)
        let digits = String(1000 + milliseconds).dropFirst()
        let (minutes, second) = seconds.quotientAndRemainder(dividingBy: 60)
        return
          #"{"id": "\#(entry.element.id)", "createdAt": "2026-01-01T00:\#(String(100 + minutes).dropFirst()):\#(String(100 + second).dropFirst()).\#(digits)Z"}"#
      }
      let cursor = rest.count > size ? #""hasMore": true, "cursor": "\#(rest[size - 1].offset)""# : #""hasMore": false"#
      return #"{"data": [\#(data.joined(separator: ","))], "pagination": {\#(cursor)}}"#
    }
  }

  @Test("what is there at the start is not new; what comes then is yielded oldest first, each once")
  func fromNowOn() async {
    let list = GrowingList(5)
    let pauses = Pauses { number in if number % 2 == 0 { list.add(2) } }
    let run = await CommandRun("events watch | first 6 | get id", on: list.api, clock: pauses.clock)
    #expect(run.errors == "")
    #expect(run.lines == (6...11).map { "evt_\($0)" })
    #expect(pauses.all == Array(repeating: .seconds(2), count: 6))
  }

  @Test("into an empty list, too")
  func empty() async {
    let list = GrowingList()
    let run = await CommandRun(
      "events watch --every 1s | first 3 | get id", on: list.api, clock: Pauses { _ in list.add(1) }.clock)
    #expect(run.lines == ["evt_1", "evt_2", "evt_3"])
  }

  @Test("--since starts with what was created since, without a pause")
  func since() async {
    let (list, pauses) = (GrowingList(), Pauses())
    for second in 0..<10 { list.add(1, at: second * 1000) }
    let api = list.api
    let run = await CommandRun(
      "events watch --since 2026-01-01T00:00:07Z | first 3 | get id", on: api, clock: pauses.clock)
    #expect(run.lines == ["evt_8", "evt_9", "evt_10"])
    #expect(pauses.all == [])
    #expect(api.log == ["GET /events?since=2026-01-01T00%3A00%3A07.000Z&limit=100"])
  }

  @Test(
    "nothing is lost or told twice when more than a page comes at once, in one millisecond, while pages are fetched")
  func bursts() async {
    let list = GrowingList(3, pageSize: 7) { list, number in
      // Between two pages of one look.
      if number.isMultiple(of: 3) { list.add(2, at: 50 + number) }
    }
    let pauses = Pauses { number in if number < 6 { list.add(25, at: 40 + number) } }
    let run = await CommandRun("events watch | first 125 | get id", on: list.api, clock: pauses.clock)
    #expect(run.lines.count == 125)
    #expect(Set(run.lines).count == 125)
    #expect(!run.lines.contains("evt_1"))
  }

  @Test("an event that the server tells of late is found")
  func late() async {
    let list = GrowingList()
    list.add(1, at: 60_000)
    let pauses = Pauses { number in list.add(1, at: number == 1 ? 61_000 : 60_500) }
    let run = await CommandRun("events watch | first 2 | get id", on: list.api, clock: pauses.clock)
    #expect(run.lines == ["evt_2", "evt_3"])
  }

  @Test("the filters go to the server with each look, and with all but the first how far back it need go")
  func filters() async {
    let api = ScriptedAPI { request throws(TransportError) in
      if request.query("since") != nil { return .failure(400, "BAD_REQUEST") }
      return .json(
        #"{"data": [{"id": "evt_1", "createdAt": "2026-01-01T00:00:01Z"}], "pagination": {"hasMore": false}}"#)
    }
    let run = await CommandRun(
      "events watch --status failed --event-type order.* --endpoint-id ep_1", on: api, clock: Pauses().clock)
    #expect(run.errors.contains("error[BAD_REQUEST]"))
    let query = "GET /events?status=failed&eventType=order.%2A&endpointId=ep_1"
    #expect(api.log == ["\(query)&limit=100", "\(query)&since=2025-12-31T23%3A55%3A01.000Z&limit=100"])
  }

  @Test("an interrupt ends a pause; what came is out by then")
  func cancelled() async {
    let (list, waiting) = (GrowingList(2), Gate())
    let pauses = Pauses { _ in
      waiting.open()
      try? await Task.sleep(for: .seconds(60))
    }
    let api = list.api
    let run = Task {
      await CommandRun("events watch --since 2026-01-01 | get id", on: api, clock: pauses.clock)
    }
    await waiting.pass()
    run.cancel()
    let result = await run.value
    #expect(result.output == "evt_1\nevt_2\n")
    #expect(result.status == 130)
    #expect(result.errors == "")
  }

  @Test("a look that fails is the statement's error")
  func failure() async {
    let api = ScriptedAPI { _ throws(TransportError) in .failure(401, "UNAUTHORIZED") }
    let run = await CommandRun("events watch", on: api)
    #expect(run.errors.contains("error[UNAUTHORIZED]"))
    #expect(run.status == 1)
  }
}
