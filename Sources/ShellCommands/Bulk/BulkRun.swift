import Interpreter
import MittrSDK
import OrderedJSON

/// The requests of one bulk command in flight: a window that moves over the items.
///
/// As many requests as `concurrency` allows are under way; an item is taken from the pipe only when there is room, so
/// that the pages that feed the pipe are fetched no faster than they are used. Outcomes leave in the items' order.
final class BulkRun {
  private struct InFlight {
    let request: BulkRequest
    let task: Task<Result<JSONObject?, MittrError>, Never>

    /// The outcome; cancelling the waiting task cancels the request.
    func result() async -> Result<JSONObject?, MittrError> {
      await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        task.cancel()
      }
    }
  }

  private let command: BulkCommand
  private let items: ItemStream
  private let concurrency: Int
  private let stopsOnError: Bool
  private var window: [InFlight] = []
  private var head = 0
  /// How many more items may be started, if the consumer said how many outcomes it wants.
  private var wanted: Int?
  private var isExhausted = false
  /// A failure that all other items would share: nothing new is started, what is under way is still told.
  private var shared: MittrError?
  private var done = 0
  private var failed = 0
  private var unfinished = 0

  init(command: BulkCommand, items: ItemStream, concurrency: Int, stopsOnError: Bool) {
    self.command = command
    self.items = items
    self.concurrency = concurrency
    self.stopsOnError = stopsOnError
  }

  func stream() -> ItemStream {
    ItemStream(
      kind: .outcome,
      expecting: { count in
        self.wanted = count
        self.items.expect(atMost: count)
      },
      cleanUp: { await self.finish() },
      pull: { () async throws(Interruption) -> JSONValue? in try await self.next() })
  }

  private func next() async throws(Interruption) -> JSONValue? {
    try await fill()
    guard let first = takeFirst() else {
      if let shared { throw Interruption(shared) }
      return nil
    }
    let result = await first.result()
    if Task.isCancelled, case .failure(let error) = result, error.code == MittrError.Code.cancelled {
      unfinished += 1
      throw .cancelled
    }
    return note(result, of: first.request)
  }

  /// Counts an outcome and makes its record.
  private func note(_ result: Result<JSONObject?, MittrError>, of request: BulkRequest) -> JSONValue {
    switch result {
    case .success(let answer):
      done += 1
      return request.success(answer)
    case .failure(let error):
      failed += 1
      if error.isShared { shared = shared ?? error }
      if error.isShared || stopsOnError { isExhausted = true }
      return request.failure(error)
    }
  }

  private func takeFirst() -> InFlight? {
    guard head < window.count else { return nil }
    let first = window[head]
    head += 1
    if head > concurrency {
      window.removeFirst(head)
      head = 0
    }
    return first
  }

  private func fill() async throws(Interruption) {
    guard !isExhausted else { return }
    let client = try await command.call.client()
    while window.count - head < concurrency, wanted != 0 {
      guard let item = try await items.next() else {
        isExhausted = true
        return
      }
      let request = try await command.prepared(item)
      wanted = wanted.map { $0 - 1 }
      let task = Task { await request.outcome(client) }
      window.append(InFlight(request: request, task: task))
    }
  }

  /// Whatever ends the run: what is under way is awaited and counted, since it has gone out; only an interrupt cancels it.
  private func finish() async {
    while let inFlight = takeFirst() {
      if Task.isCancelled { inFlight.task.cancel() }
      let result = await inFlight.result()
      if case .failure(let error) = result, error.code == MittrError.Code.cancelled {
        unfinished += 1
      } else {
        _ = note(result, of: inFlight.request)
      }
    }
    await items.close()
    // An error before the first request leaves nothing to tell.
    guard isExhausted || done + failed + unfinished > 0 else { return }
    var parts = ["\(done) done", "\(failed) failed"]
    if unfinished > 0 { parts.append("\(unfinished) not finished") }
    command.call.conclude(failed: failed, summary: "\(command.verb): \(parts.joined(separator: ", "))")
  }
}
