import Interpreter
import OrderedJSON

/// What a journal holds, read line by line.
struct JournalContents {
  let path: String
  private(set) var header: JournalHeader?
  private(set) var ledger = JournalLedger()
  /// How many runs wrote to it.
  private(set) var runs = 0
  /// When its first and its last line were written.
  private(set) var started: String?
  private(set) var ended: String?
  /// How many bytes hold whole lines, and how many stand behind: what died while it was written.
  private(set) var size = 0
  private(set) var tornBytes = 0

  /// - Parameter chunk: the next bytes; none at the end.
  /// - Throws: a failure with code `journal-corrupt` that names the line, or whatever `chunk` throws.
  init(path: String, reading chunk: @escaping () throws(Failure) -> [UInt8]) throws(Failure) {
    self.path = path
    var lines = JournalLines(chunk)
    while let line = try lines.next() { try take(lines.bytes, line, number: lines.count) }
    size = lines.size
    tornBytes = lines.rest.count
    // Without a header only what might have become one is cut off: it may be anybody's file.
    guard header != nil || Self.beginsHeader(lines.rest) else { throw .noJournal(path) }
  }

  private static func beginsHeader(_ bytes: ArraySlice<UInt8>) -> Bool {
    zip(bytes, #"{"journal":"#.utf8).allSatisfy { $0 == $1 }
  }

  private mutating func take(_ bytes: [UInt8], _ line: JournalLines.Line, number: Int) throws(Failure) {
    guard let object = (try? JSONValue(parsing: bytes, in: line.range))?.objectValue,
      let record = JournalRecord(object)
    else { throw number == 1 ? .noJournal(path) : .corruptJournal(path, line: number) }
    switch record {
    case .header(let header):
      guard number == 1 else { throw .corruptJournal(path, line: number) }
      self.header = header
      runs = 1
    case .run: runs += 1
    case .begin, .end: break
    }
    guard header != nil else { throw .noJournal(path) }
    do throws(JournalLedger.Defect) {
      try ledger.note(record, at: line.place)
    } catch {
      throw .corruptJournal(path, line: number, error)
    }
    ended = object["at"]?.stringValue ?? ended
    started = started ?? ended
  }
}

extension JournalContents {
  /// Reads a journal without keeping others from it.
  static func read(_ path: String, _ session: Session) throws(Failure) -> JournalContents {
    guard session.files.isRegular(path) else { throw .missingJournal(path) }
    let reader = try session.files.open(path)
    defer { reader.close() }
    return try JournalContents(path: path) { () throws(Failure) in try reader.next() }
  }

  /// The line that stands there, as it was read before.
  static func record(at place: Int, _ read: (_ offset: Int, _ count: Int) throws(Failure) -> [UInt8])
    throws(Failure) -> JournalRecord?
  {
    var count = 4096
    while true {
      let bytes = try read(place, count)
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        return (try? JSONValue(parsing: bytes, in: 0..<end))?.objectValue.flatMap(JournalRecord.init)
      }
      guard bytes.count == count, count < JournalLines.longest else { return nil }
      count *= 16
    }
  }
}

extension Failure {
  static func noJournal(_ path: String) -> Failure {
    Failure("journal-corrupt", "\(path) is not a journal", help: "give --journal a file of its own")
  }

  static func corruptJournal(_ path: String, line: Int, _ defect: JournalLedger.Defect? = nil) -> Failure {
    let reason =
      switch defect {
      case .beginsAgain(let name): "'\(name)' is begun again although it is done or not over"
      case .endsWithoutBeginning(let name): "'\(name)' ends without having begun"
      case nil: "it is no record of a journal"
      }
    return Failure(
      "journal-corrupt", "\(path), line \(line): \(reason)",
      help:
        "somebody has changed it; what it does not tell cannot be resumed: look at the items, and begin a new journal")
  }
}
