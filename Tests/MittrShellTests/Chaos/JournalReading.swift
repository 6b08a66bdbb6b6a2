import OrderedJSON
import TestSupport

/// What a journal says of each item, read line by line and without any of the shell's own code.
struct JournalReading {
  private(set) var outcomes: [String: String] = [:]
  /// Items whose request was about to go out, and that have no end.
  private(set) var open: Set<String> = []
  /// How often each item's request was about to go out.
  private(set) var beginnings: [String: Int] = [:]

  init(_ path: String) throws {
    for line in TemporaryFolder.read(path).split(separator: "\n") {
      let record = try JSONValue(parsing: String(line))
      if let id = record["begin"]?.stringValue {
        open.insert(id)
        beginnings[id, default: 0] += 1
      } else if let id = record["end"]?.stringValue {
        open.remove(id)
        outcomes[id] = record["outcome"]?.stringValue
      }
    }
  }

  func ids(_ outcomes: String...) -> Set<String> {
    Set(self.outcomes.filter { outcomes.contains($0.value) }.keys)
  }
}
