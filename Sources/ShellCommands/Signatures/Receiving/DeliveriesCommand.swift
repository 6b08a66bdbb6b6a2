import Interpreter
import OrderedJSON
import WebhookReceiver

enum DeliveriesCommand {
  private static let follow = Parameter.flag("follow", "go on with each new one as it comes, until it is stopped")
  private static let count = Parameter.option(
    "count", .integer(in: 1...Int.max), "with --follow: end after so many, those that are there already included")
  private static let timeout = Parameter.option(
    "timeout", .duration(atLeast: .milliseconds(1)),
    "with --follow: end after so long; with --count, fail when fewer had come by then")
  private static let port = Parameter.option(
    "port", .integer(in: 1...65_535), "only those that came to this port; without it, to all receivers")

  static let command = Command(
    "deliveries", topic: .signatures, "yields the deliveries that listen received, oldest first",
    discussion: """
      Each has number, receivedAt, method, path, eventId, eventType, status (what was answered), valid, reason, size, attempt,
      ms (until the answer was there), port, headers and body; one that is not UTF-8 text has bodyBase64 instead. response
      has status, headers and body of the answer, up to 64 KiB of it, and truncated where it was longer. What went wrong is
      error, with a code and a message: refused, no-such-host, untrusted-certificate, not-tls, tls-expected, timeout, closed
      and others where it could not be passed on. eventType is what a header or the payload says, or else the server;
      attempt what a header says, or else how often the event has come here. valid and reason are null for what there was no
      secret to verify with.

      With --follow --count 2 --timeout 5s it ends: with the second delivery, or with exit status 1 when the time is up.
      """,
    input: .none, result: .stream, itemKind: .delivery, parameters: [follow, count, timeout, port],
    searchWords: ["received", "requests", "inbox", "captured"],
    examples: [
      .init("deliveries | where .valid == false | select number reason", "what did not hold"),
      .init("deliveries | last 1 | verify --secret whsec_test", "why the last one does not"),
    ]
  ) { call throws(Interruption) in
    let isFollowing = try await call.value(follow)
    if !isFollowing {
      try call.refuse(
        [count, timeout], without: "--follow", help: "add --follow; first and last take some of those that are there")
    }
    let port = try await call.value(port)
    let receivers = call.session[ReceiverKey.self]
    let isListening = receivers?.running.contains { port == nil || $0.port == port } ?? false
    guard let receivers, isListening || !isFollowing else {
      if isFollowing { throw .failure(ListenCommand.notListening(port: port)) }
      return .stream(ItemStream([], kind: .delivery))
    }
    guard isFollowing else { return .stream(kept(receivers, port)) }
    let following = Following(
      session: call.session, receivers: receivers, port: port, count: try await call.value(count),
      timeout: try await call.value(timeout))
    return .stream(
      ItemStream(kind: .delivery) { () async throws(Interruption) -> JSONValue? in try await following.next() })
  }

  /// Those that are there now.
  private static func kept(_ receivers: SessionReceivers, _ port: Int?) -> ItemStream {
    let end = receivers.log.lastNumber
    var number = 0
    return ItemStream(kind: .delivery) { () async throws(Interruption) -> JSONValue? in
      guard number < end, let delivery = receivers.log.first(after: number, port: port), delivery.number <= end else {
        return nil
      }
      number = delivery.number
      return receivers.record(of: delivery)
    }
  }
}

/// Goes through the deliveries as they come, within its bounds.
private final class Following {
  private let session: Session
  private let receivers: SessionReceivers
  private let port: Int?
  private let count: Int?
  private let timeout: Duration?
  private let start: Duration
  private var number = 0
  private var yielded = 0

  init(session: Session, receivers: SessionReceivers, port: Int?, count: Int?, timeout: Duration?) {
    self.session = session
    self.receivers = receivers
    self.port = port
    self.count = count
    self.timeout = timeout
    start = session.clock.uptime()
  }

  func next() async throws(Interruption) -> JSONValue? {
    if let count, yielded >= count { return nil }
    var delivery = receivers.log.first(after: number, port: port)
    if delivery == nil {
      try session.flush()
      delivery = await following(timeout.map { $0 - (session.clock.uptime() - start) })
    }
    guard let delivery else {
      if Task.isCancelled || timeout == nil { throw .cancelled }
      guard let count, let timeout else { return nil }
      throw .failure(Self.timeIsUp(yielded, of: count, within: timeout))
    }
    number = delivery.number
    yielded += 1
    await receivers.eventTypes.settle(delivery.request)
    return receivers.record(of: delivery)
  }

  /// The next one that comes; nil when it does not come in time, or the task is cancelled.
  private func following(_ rest: Duration?) async -> ReceivedDelivery? {
    let (log, number, port, sleep) = (receivers.log, number, port, session.clock.sleep)
    guard let rest else { return await log.next(after: number, port: port) }
    return await withTaskGroup(of: ReceivedDelivery?.self) { group in
      group.addTask { await log.next(after: number, port: port) }
      group.addTask {
        if rest > .zero { try? await sleep(rest) }
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
  }

  private static func timeIsUp(_ count: Int, of wanted: Int, within time: Duration) -> Failure {
    Failure(
      "timeout", "\(count) of \(wanted) deliveries came within \(time.text)",
      help: "give it more time with --timeout, or look at what was sent: events list")
  }
}
