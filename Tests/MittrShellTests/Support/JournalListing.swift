import OrderedJSON
import Testing

/// What `journal items` lists of a run that was killed, held against how often each item was really done.
struct JournalListing {
  let ids: Set<String>
  let hasUnknown: Bool

  /// Expects each item once: what is done was done once, what is unknown once at most, and nothing else is there.
  /// - Parameter counts: how often each was done, as the other side counted.
  init(of journal: String, against counts: [String: Int], environment: [String: String]) async throws {
    let items = try await ShellProcess.run(
      "-c", "journal items '\(journal)' | select id outcome | to jsonl", environment: environment)
    var (ids, hasUnknown): (Set<String>, Bool) = ([], false)
    for line in items.lines {
      let item = try JSONValue(parsing: line)
      let id = try #require(item["id"]?.stringValue)
      #expect(ids.insert(id).inserted)
      switch item["outcome"]?.stringValue {
      case "done": #expect(counts[id] == 1)
      case "unknown":
        #expect(counts[id, default: 0] <= 1)
        hasUnknown = true
      default: Issue.record("\(line)")
      }
    }
    (self.ids, self.hasUnknown) = (ids, hasUnknown)
  }
}
