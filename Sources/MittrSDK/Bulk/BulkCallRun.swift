import Basics

/// One run of a bulk call. Everything happens in the task that asks for results; requests and the items' sequence run in
/// tasks of their own and leave messages. What decides is in values that know neither tasks nor clocks: `JobQueue` and its
/// `Pacer` say which request goes out when, `ReorderWindow` when a result may be seen.
final class BulkCallRun<Item: Sendable, Output: Sendable> {
  private typealias Jobs = JobQueue<BulkCallRequest<Item, Output>, BulkCallOutcome<Output>>

  private enum Message: Sendable {
    case taken(Result<Item?, any Error>)
    case ended(Jobs.Dispatch, AttemptResult<BulkCallOutcome<Output>>)
    case heard(RateLimit)
    case didFire
    case cancelled
  }

  /// So many results wait at most for one before them, times the concurrency.
  private static var windowFactor: Int { 16 }

  private let items: ItemSource<Item>
  private let action: BulkAction<Item, Output>
  private let client: APIClient
  private let concurrency: Int
  private let inbox = MessageQueue<Message>()
  private let timer: RunTimer

  private let demands: AsyncStream<Void>
  private let demand: AsyncStream<Void>.Continuation
  /// What serves the demands.
  private var source: Task<Void, Never>?
  private var isTaking = false
  private var isExhausted = false

  private var names = FingerprintSet()
  private var jobs = Jobs()
  /// nil for an item of which nothing is told.
  private var window = ReorderWindow<BulkResult<Item, Output>?>()
  /// Requests under way.
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var isStopping = false
  private var isCancelled = false
  /// What ends the loop once all is told.
  private var ending: (any Error)?

  init(_ items: ItemSource<Item>, _ action: BulkAction<Item, Output>, by client: APIClient, concurrency: Int) {
    self.items = items
    self.action = action
    self.concurrency = concurrency
    let inbox = inbox
    self.client = client.sendingOnce { inbox.post(.heard($0)) }
    let environment = client.environment
    timer = RunTimer(uptime: environment.uptime, sleep: environment.sleep) { inbox.post(.didFire) }
    (demands, demand) = AsyncStream.makeStream(of: Void.self)
  }

  deinit {
    demand.finish()
    source?.cancel()
  }

  func next(isolation: isolated (any Actor)?) async throws -> BulkResult<Item, Output>? {
    if Task.isCancelled { cancel() }
    while true {
      handle(inbox.taken())
      while let slot = window.popFirst() { if let result = slot { return result } }
      launch()
      take()
      if window.isEmpty, isStopping || isExhausted {
        defer { ending = nil }
        if let ending { throw ending }
        return nil
      }
      timer.set(jobs.wakeUpTime(at: now, takesMore: takesMore))
      handle(await messages(isolation: isolation))
    }
  }

  private var now: Duration { client.environment.uptime() }

  private var phase: Jobs.Phase {
    if isCancelled { return .interrupted }
    if isStopping { return .stopping }
    return ending == nil ? .going : .ending
  }

  // MARK: Taking items

  private var takesMore: Bool { !isStopping && !isExhausted }

  private func take() {
    guard takesMore, !isTaking, jobs.count < concurrency, window.count < concurrency * Self.windowFactor,
      jobs.pacer.admission(at: now) == .now
    else { return }
    isTaking = true
    if source == nil {
      source = Task { [items, demands, inbox] in await items.serve(demands) { inbox.post(.taken($0)) } }
    }
    demand.yield()
  }

  private func taken(_ answer: Result<Item?, any Error>) {
    isTaking = false
    guard takesMore else { return }
    switch answer {
    case .success(let item?): begin(item)
    case .success(nil): isExhausted = true
    case .failure(let error):
      isExhausted = true
      ending = ending ?? error
    }
  }

  private func begin(_ item: Item) {
    if let name = action.name(item), !names.insert(name) { return }
    let number = window.begin()
    do throws(MittrError) {
      let request = BulkCallRequest<Item, Output>(item: item, attempt: try action.prepare(item))
      jobs.add(Job(request), number, at: now)
    } catch {
      window.end(number, BulkResult(item: item, result: .failure(error)))
    }
  }

  // MARK: Messages

  private func launch() {
    for dispatch in jobs.dispatches(at: now, syncedLines: 0) {
      tasks[dispatch.number] = Task { [action, client, inbox] in
        inbox.post(
          .ended(dispatch, await action.attemptResult(of: dispatch.request, wasLost: dispatch.wasLost, by: client)))
      }
    }
  }

  /// What has come; waits until something has.
  private func messages(isolation: isolated (any Actor)?) async -> [Message] {
    guard !isCancelled else { return await inbox.messages() }
    return await withTaskCancellationHandler {
      await inbox.messages()
    } onCancel: { [inbox] in
      inbox.post(.cancelled)
    }
  }

  private func handle(_ messages: [Message]) {
    for message in messages {
      switch message {
      case .taken(let answer): taken(answer)
      case .ended(let dispatch, let attempt): ended(dispatch, attempt)
      case .heard(let limit): jobs.heard(limit, at: now)
      case .didFire: timer.didFire()
      case .cancelled: cancel()
      }
    }
  }

  private func ended(_ dispatch: Jobs.Dispatch, _ attempt: AttemptResult<BulkCallOutcome<Output>>) {
    tasks[dispatch.number] = nil
    switch jobs.ended(dispatch, attempt, phase, at: now) {
    case .again, nil: break
    case .settled(let job, let outcome): end(dispatch.number, job.request.item, outcome.result)
    case .shared(let job, let error, _):
      ending = ending ?? error
      end(dispatch.number, job.request.item, .failure(job.mayBeDone ? error.leavingOutcomeOpen() : error))
      stop()
    case .dropped(let dropped): drop(dispatch.number, dropped)
    }
  }

  private func end(_ number: Int, _ item: Item, _ result: Result<Output, MittrError>) {
    window.end(number, BulkResult(item: item, result: result))
  }

  /// What was certainly not done has no result.
  private func drop(_ number: Int, _ dropped: Jobs.Dropped) {
    switch dropped {
    case .withdrawn: window.end(number, nil)
    case .abandoned(let request):
      end(number, request.item, .failure(MittrError.cancelled().leavingOutcomeOpen()))
    }
  }

  // MARK: The end

  private func cancel() {
    guard !isCancelled else { return }
    isCancelled = true
    ending = MittrError.cancelled()
    stop()
    for task in tasks.values { task.cancel() }
  }

  /// Nothing new is begun; what is under way is still told.
  private func stop() {
    isStopping = true
    source?.cancel()
    for (number, dropped) in jobs.dropReady() { drop(number, dropped) }
  }
}
