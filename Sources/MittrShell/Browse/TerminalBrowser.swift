import Basics
import Interpreter
import OrderedJSON

/// Browses on the terminal: one task reads the items, a thread of its own has the screen.
final class TerminalBrowser: RecordBrowser {
  private let console: Console
  private let configuration: BrowserLoop.Configuration
  /// Asks what runs to end in good order; false where nothing does that.
  private let stopSource: @Sendable () -> Bool
  /// How records read, by the session's settings of now.
  var look: () -> RecordText = { RecordText(RenderingOptions()) }

  init(
    _ console: Console, _ configuration: BrowserLoop.Configuration, stopSource: @escaping @Sendable () -> Bool
  ) {
    self.console = console
    self.configuration = configuration
    self.stopSource = stopSource
  }

  func browse(_ items: ItemStream, with actions: RecordActions) async throws(Interruption) {
    let events: BrowserEvents
    do throws(SystemError) { events = try BrowserEvents() } catch { throw .failure(Self.noPipe(error)) }
    let state = BrowserState(kind: items.kind, actions: actions, look: look(), size: configuration.size())
    nonisolated(unsafe) let source = items
    console.takeScreen(loan(events))
    let reading = Task { await Self.read(source, into: events) }
    let (reason, action) = await withTaskCancellationHandler {
      await BlockingWork.run { [configuration] _ in
        var loop = BrowserLoop(state, events, configuration)
        let reason = loop.run()
        return (reason, loop.action)
      }
    } onCancel: {
      events.post { $0.isInterrupted = true }
    }
    configuration.screen.leave()
    console.giveScreenBack()
    action?.cancel()
    await action?.value
    try await end(reading, of: items, reason)
  }

  /// Reads until the source ends, or there is more than is kept.
  /// - Returns: what it failed with.
  private static func read(_ items: ItemStream, into events: BrowserEvents) async -> Interruption? {
    var (count, bytes) = (0, 0)
    do throws(Interruption) {
      while let value = try await items.next() {
        guard count < ItemList.mostItems, bytes < ItemList.mostBytes else {
          events.post { $0.end = .cut }
          return nil
        }
        let item = BrowsedItem(value.detached())
        count += 1
        bytes += item.text.count
        events.post { $0.items.append(item) }
      }
      events.post { $0.end = .whole }
      return nil
    } catch {
      events.post { $0.end = .failed(error) }
      return error
    }
  }

  /// What was left early is ended in good order where it asks for that, and given up otherwise.
  private func end(
    _ reading: Task<Interruption?, Never>, of items: ItemStream, _ reason: BrowserLoop.ExitReason
  ) async throws(Interruption) {
    let isLeft = if case .left = reason { true } else { false }
    let endsItself = isLeft && stopSource()
    if !endsItself { reading.cancel() }
    let failure = await withTaskCancellationHandler {
      await reading.value
    } onCancel: {
      reading.cancel()
    }
    await items.close()
    if Task.isCancelled { throw .cancelled }
    switch reason {
    case .interrupted: throw .cancelled
    case .failed(let interruption): throw interruption
    case .left:
      // That it was given up is no news.
      if let failure, endsItself || !failure.isCancelled { throw failure }
    }
  }

  /// Lets others have the terminal for a question.
  private func loan(_ events: BrowserEvents) -> ScreenLoan {
    ScreenLoan(
      giveBack: { [screen = configuration.screen] in screen.lend() },
      takeAgain: { [screen = configuration.screen] in
        if screen.takeBack() { events.post { $0.isRedrawn = true } }
      })
  }

  private static func noPipe(_ error: SystemError) -> Failure {
    Failure("no-terminal", "the terminal cannot be taken: \(error.text)")
  }
}

extension Interruption {
  fileprivate var isCancelled: Bool { if case .cancelled = self { true } else { false } }
}
