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
  private var isExhausted = false
  private var done = 0
  private var failed = 0

  init(command: BulkCommand, items: ItemStream, concurrency: Int, stopsOnError: Bool) {
    self.command = command
    self.items = items
    self.concurrency = concurrency
    self.stopsOnError = stopsOnError
  }

  func stream() -> ItemStream {
    ItemStream(
      kind: .outcome,
      expecting: { self.items.expect(atMost: $0) },
      cleanUp: { await self.finish() },
      pull: { () async throws(Interruption) -> JSONValue? in try await self.next() })
  }

  private func next() async throws(Interruption) -> JSONValue? {
    try await fill()
    guard head < window.count else { return nil }
    let first = window[head]
    head += 1
    if head > concurrency {
      window.removeFirst(head)
      head = 0
    }
    switch await first.result() {
    case .success(let answer):
      done += 1
      return first.request.success(answer)
    case .failure(let error):
      if error.code == MittrError.Code.cancelled, Task.isCancelled { throw .cancelled }
      failed += 1
      guard !error.isShared else { throw Interruption(error) }
      if stopsOnError { isExhausted = true }
      return first.request.failure(error)
    }
  }

  private func fill() async throws(Interruption) {
    guard !isExhausted else { return }
    let client = try await command.call.client()
    while window.count - head < concurrency {
      guard let item = try await items.next() else {
        isExhausted = true
        return
      }
      let request = try await command.prepared(item)
      let task = Task { () -> Result<JSONObject?, MittrError> in
        do throws(MittrError) { return .success(try await request.send(client)) } catch { return .failure(error) }
      }
      window.append(InFlight(request: request, task: task))
    }
  }

  /// Whatever ends the run: requests that are still under way are cancelled, and the summary is told at the end.
  private func finish() async {
    let rest = window[head...]
    for inFlight in rest { inFlight.task.cancel() }
    for inFlight in rest { _ = await inFlight.task.value }
    window = []
    head = 0
    await items.close()
    var parts = ["\(done) done", "\(failed) failed"]
    if !rest.isEmpty { parts.append("\(rest.count) not finished") }
    command.call.conclude(failed: failed, summary: "\(command.verb): \(parts.joined(separator: ", "))")
  }
}
