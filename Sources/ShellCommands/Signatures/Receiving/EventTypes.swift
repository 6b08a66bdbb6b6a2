import MittrSDK
import OrderedJSON
import Synchronization
import WebhookReceiver

/// The types of the events that are delivered: what a header or the payload says, or else what the server says of the event,
/// which is asked for once, beside the answer to the delivery.
final class EventTypes: Sendable {
  private struct State {
    /// What the server said; nil for what it does not know, or could not be asked.
    var known: [String: String?] = [:]
    /// In the order in which they became known.
    var order: [String] = []
    var queue: [String] = []
    /// In the queue or under way.
    var pending: Set<String> = []
    var workers: [Int: Task<Void, Never>] = [:]
    var waiters: [Int: (id: String, continuation: CheckedContinuation<Void, Never>)] = [:]
    var next = 0
    var changes = 0

    mutating func number() -> Int {
      next += 1
      return next
    }

    mutating func takeWaiters(for id: String) -> [CheckedContinuation<Void, Never>] {
      let places = waiters.filter { $0.value.id == id }.keys
      return places.compactMap { waiters.removeValue(forKey: $0)?.continuation }
    }
  }

  private let client: CurrentClient?
  private let sleep: @Sendable (Duration) async throws -> Void
  private let state = Mutex(State())

  /// More are not remembered; the oldest is forgotten first.
  private static let mostKnown = 10_000
  /// More do not wait to be asked for: a sender may name as many events as it likes.
  private static let mostWaiting = 1000
  private static let atATime = 4
  /// How long `deliveries --follow` waits for a type, at most.
  private static let patience = Duration.seconds(2)

  /// - Parameter sleep: waits so long; throws when the task is cancelled.
  init(client: CurrentClient?, sleep: @escaping @Sendable (Duration) async throws -> Void) {
    self.client = client
    self.sleep = sleep
  }

  /// It changes whenever `type(of:)` may.
  var changes: Int { state.withLock { $0.changes } }

  /// The type of a delivery's event, as far as it is known by now.
  func type(of request: ReceivedRequest) -> String? {
    if let type = request.statedEventType { return type }
    guard let id = request.eventID else { return nil }
    return state.withLock { $0.known[id] ?? nil }
  }

  /// Has the server asked, if that is needed and possible. It returns at once.
  func lookUp(_ request: ReceivedRequest) {
    guard let mittr = client?.mittr, let id = request.eventID, Self.isEventID(id), request.statedEventType == nil
    else { return }
    state.withLock { state in
      guard state.known[id] == nil, !state.pending.contains(id), state.queue.count < Self.mostWaiting else { return }
      state.queue.append(id)
      state.pending.insert(id)
      guard state.workers.count < Self.atATime else { return }
      let number = state.number()
      state.workers[number] = Task { await self.work(number, mittr.with(retryPolicy: .never)) }
    }
  }

  /// Waits, though not for long, until the type is known that the server is asked for.
  func settle(_ request: ReceivedRequest) async {
    // Whoever follows the deliveries may be here before the receiver has told of this one.
    lookUp(request)
    guard let id = request.eventID, state.withLock({ $0.pending.contains(id) }) else { return }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [sleep] in try? await sleep(Self.patience) }
      group.addTask { await self.answer(for: id) }
      await group.next()
      group.cancelAll()
    }
  }

  /// Gives up what is under way. What is known stays.
  func stop() {
    let (workers, waiters) = state.withLock { state in
      let waiters = state.queue.flatMap { state.takeWaiters(for: $0) }
      state.pending.subtract(state.queue)
      state.queue = []
      return (Array(state.workers.values), waiters)
    }
    for worker in workers { worker.cancel() }
    for waiter in waiters { waiter.resume() }
  }

  private func work(_ number: Int, _ mittr: Mittr) async {
    while let id = nextID(number) {
      let type = try? await mittr.eventRecords.get(id)["eventType"]?.stringValue
      finish(id, type, isKnown: !Task.isCancelled)
    }
  }

  /// The next id to ask for; nil when the worker is to end.
  private func nextID(_ number: Int) -> String? {
    state.withLock { state in
      guard !Task.isCancelled, !state.queue.isEmpty else {
        state.workers[number] = nil
        return nil
      }
      return state.queue.removeFirst()
    }
  }

  private func finish(_ id: String, _ type: String?, isKnown: Bool) {
    let waiters = state.withLock { state in
      state.pending.remove(id)
      if isKnown {
        if state.order.count >= Self.mostKnown { state.known[state.order.removeFirst()] = nil }
        state.known.updateValue(type, forKey: id)
        state.order.append(id)
        state.changes += 1
      }
      return state.takeWaiters(for: id)
    }
    for waiter in waiters { waiter.resume() }
  }

  private func answer(for id: String) async {
    let place = state.withLock { $0.number() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waits = state.withLock { state in
          guard state.pending.contains(id), !Task.isCancelled else { return false }
          state.waiters[place] = (id, continuation)
          return true
        }
        if !waits { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: place)?.continuation }?.resume()
    }
  }

  /// Whether it may be one of Mittr's: no other text is asked for.
  private static func isEventID(_ text: String) -> Bool {
    text.hasPrefix("evt_") && text.utf8.count <= 100
      && text.utf8.allSatisfy { byte in
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
          || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || byte == UInt8(ascii: "_")
      }
  }
}

extension ReceivedRequest {
  /// Larger payloads are not read for a type, in bytes.
  private static let largestPayload = 1 << 20

  /// What a header, or else the payload, says.
  var statedEventType: String? {
    if let type = header("X-Mittr-Event-Type") { return type }
    guard body.count <= Self.largestPayload, let payload = try? JSONValue(parsing: body) else { return nil }
    return payload["eventType"]?.stringValue ?? payload["type"]?.stringValue
  }
}
