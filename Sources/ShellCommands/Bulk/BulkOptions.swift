import Interpreter

/// The flags that all bulk commands have.
enum BulkOptions {
  static let concurrency = Parameter.option(
    "concurrency", .integer(in: 1...256), default: 8, "how many requests at a time", defaultText: "8")
  static let onError = Parameter.option(
    "on-error", .choice(["continue", "stop"]), default: "continue", "what to do after an item failed",
    defaultText: "continue")
  static let dryRun = Parameter.flag("dry-run", "only tell which requests would be sent")
  static let yes = Parameter.flag("yes", "do not ask first")

  static let all: [any AnyParameter] = [concurrency, onError, dryRun, yes]
}
