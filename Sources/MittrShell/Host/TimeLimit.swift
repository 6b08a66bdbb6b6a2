/// Ends what takes too long, as Ctrl-C would.
enum TimeLimit {
  /// - Parameter sleep: waits for so long, or until it is cancelled.
  /// - Returns: the body's status, and whether it was cancelled since the time was up.
  static func run(
    _ limit: Duration, sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    _ body: () async -> Int32
  ) async -> (status: Int32, isLate: Bool) {
    await withoutActuallyEscaping(body) { body in
      // The task is awaited right here, so nobody else touches what the body captures while it runs.
      nonisolated(unsafe) let body = body
      let work = Task { await body() }
      let timer = Task {
        guard (try? await sleep(limit)) != nil else { return false }
        work.cancel()
        return true
      }
      let status = await withTaskCancellationHandler {
        await work.value
      } onCancel: {
        work.cancel()
      }
      timer.cancel()
      return (status, await timer.value && status == 130)
    }
  }
}
