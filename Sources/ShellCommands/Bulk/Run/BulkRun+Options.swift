import Interpreter

extension BulkRun {
  struct Options {
    var concurrency: Int
    var stopsOnError = false
    var rate: Rate?
  }

  /// What the flags of a bulk command say.
  static func options(_ call: Call) async throws(Interruption) -> Options {
    Options(
      concurrency: try await call.value(BulkOptions.concurrency),
      stopsOnError: try await call.value(BulkOptions.onError) == "stop", rate: try await call.value(BulkOptions.rate))
  }
}
