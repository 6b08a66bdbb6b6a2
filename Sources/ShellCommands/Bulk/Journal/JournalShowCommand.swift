import Interpreter
import OrderedJSON

enum JournalShowCommand {
  private static let file = Parameter.positional("file", .file, "a journal that a bulk command has written")

  static let command = Command(
    "journal show", topic: .events, "tells what a journal of a bulk command holds",
    discussion: """
      It may be looked at while a run writes to it. `open` counts requests that were under way when the last run ended, or
      are now; `unsent` what was begun and certainly not done.
      """,
    input: .none, result: .value, itemKind: .journal, parameters: [file],
    searchWords: ["progress", "resume", "summary"],
    examples: [
      .init(
        "events list --status dead | replay --journal outage.jsonl | count; journal show outage.jsonl | get done",
        "how many were replayed"),
      .init(
        "try { journal show other.jsonl } catch err { print $err.message }",
        "a journal is begun by --journal, not by looking at it"),
    ]
  ) { call throws(Interruption) in
    let path = try await call.value(file)
    do throws(Failure) {
      return .value(.object(try JournalContents.read(path, call.session).summary), kind: .journal)
    } catch {
      throw .failure(error)
    }
  }
}

extension JournalContents {
  fileprivate var summary: JSONObject {
    var record: JSONObject = ["file": .string(path)]
    record["command"] = header.map { .string($0.operation.rawValue) }
    record["server"] = header.map { .string($0.server) }
    record["project"] = header?.project.map { .string($0) }
    record["started"] = started.map { .string($0) }
    record["ended"] = ended.map { .string($0) }
    record["runs"] = .number(JSONNumber(runs))
    record["items"] = .number(JSONNumber(ledger.count))
    for state in [.done, .refused, .failed, .unknown, .open, .unsent] as [JournalLedger.State] {
      record[state.word] = .number(JSONNumber(ledger.count(state)))
    }
    if tornBytes > 0 { record["tornBytes"] = .number(JSONNumber(tornBytes)) }
    return record
  }
}

extension ItemKind {
  static let journal = ItemKind(
    "journal", columns: ["file", "command", "items", "done", "refused", "failed", "unknown", "open"])
}
