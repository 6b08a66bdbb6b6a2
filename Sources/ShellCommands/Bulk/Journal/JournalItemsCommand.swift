import Interpreter
import OrderedJSON

enum JournalItemsCommand {
  private static let file = Parameter.positional("file", .file, "a journal that a bulk command has written")
  private static let outcome = Parameter.option(
    "outcome", .choice(JournalLedger.State.allCases.map(\.word)), "only items that came to this")

  static let command = Command(
    "journal items", topic: .events, "lists the items of a journal and what they came to",
    discussion:
      "Each is {id, outcome, at, error?}, in the order in which they ended; what is open stands where it began.",
    input: .none, result: .stream, itemKind: .journalItem, parameters: [file, outcome],
    searchWords: ["results", "outcomes", "rows"],
    examples: [
      .init(
        "events list --status dead | replay --journal outage.jsonl | count; journal items outage.jsonl --outcome done | first 2",
        "what was replayed"),
      .init(
        "events list --status dead | replay --journal outage.jsonl | count; journal items outage.jsonl | group-by outcome",
        "all, by what became of them"),
    ]
  ) { call throws(Interruption) in
    let path = try await call.value(file)
    let outcome = try await call.value(outcome)
    do throws(Failure) {
      let contents = try JournalContents.read(path, call.session)
      return .stream(try contents.items(call.session) { outcome == nil || $0.word == outcome })
    } catch {
      throw .failure(error)
    }
  }
}

extension JournalContents {
  /// The journal is gone through once more, so that no more of it is held than is needed.
  fileprivate func items(
    _ session: Session, where isWanted: @escaping (JournalLedger.State) -> Bool
  ) throws(Failure) -> ItemStream {
    let reader = try session.files.open(path)
    var lines = JournalLines { () throws(Failure) in try reader.next() }
    return ItemStream(
      kind: .journalItem, cleanUp: { reader.close() },
      pull: { () async throws(Interruption) -> JSONValue? in
        do throws(Failure) {
          while let line = try lines.next(), line.place < size {
            if let item = item(lines.bytes, line, where: isWanted) { return item }
          }
          return nil
        } catch {
          throw .failure(error)
        }
      })
  }

  /// An item is told by the last line about it.
  private func item(
    _ bytes: [UInt8], _ line: JournalLines.Line, where isWanted: (JournalLedger.State) -> Bool
  ) -> JSONValue? {
    guard let object = (try? JSONValue(parsing: bytes, in: line.range))?.objectValue,
      let name = (object["end"] ?? object["begin"])?.stringValue, let number = ledger.number(of: name)
    else { return nil }
    let state = ledger.state(number)
    let last = state == .open ? ledger.beginning(number) : ledger.ending(number)
    guard line.place == last, isWanted(state) else { return nil }
    var record: JSONObject = ["id": .string(name), "outcome": .string(state.word)]
    if header?.operation == .send {
      record["id"] = object["id"] ?? .null
      record["idempotencyKey"] = .string(name)
    }
    record["at"] = object["at"]
    record["evidence"] = object["evidence"]
    record["error"] = object["error"]
    return .object(record)
  }
}

extension ItemKind {
  static let journalItem = ItemKind("journal item", columns: ["id", "outcome", "at", "error"])
}
