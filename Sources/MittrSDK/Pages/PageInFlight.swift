/// A page that was requested ahead of its use. Releasing it cancels the request.
final class PageInFlight<Item: Sendable>: Sendable {
  private let task: Task<Result<Page<Item>, MittrError>, Never>

  init(_ load: @escaping @Sendable () async throws(MittrError) -> Page<Item>) {
    task = Task {
      do throws(MittrError) {
        return .success(try await load())
      } catch {
        return .failure(error)
      }
    }
  }

  deinit { task.cancel() }

  /// The page, once it is there. Cancelling the waiting task cancels the request.
  func page() async throws(MittrError) -> Page<Item> {
    try await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }.get()
  }
}
