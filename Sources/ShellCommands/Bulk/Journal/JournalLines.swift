import Interpreter

/// The whole lines of a journal, one after another.
struct JournalLines {
  struct Line {
    /// Without its end.
    let range: Range<Int>
    /// Where in the file it begins.
    let place: Int
  }

  private let chunk: () throws(Failure) -> [UInt8]
  /// Holds the line that was read last.
  private(set) var bytes: [UInt8] = []
  private var start = 0
  private var searched = 0
  /// How many bytes the whole lines have that were read so far, and how many lines there were.
  private(set) var size = 0
  private(set) var count = 0

  /// A line may not be longer, in bytes.
  static let longest = 64 << 20

  /// - Parameter chunk: the next bytes; none at the end.
  init(_ chunk: @escaping () throws(Failure) -> [UInt8]) { self.chunk = chunk }

  /// What stands behind the last whole line, once there is no more of them.
  var rest: ArraySlice<UInt8> { bytes[start...] }

  mutating func next() throws(Failure) -> Line? {
    while true {
      if let end = lineFeed() {
        let line = Line(range: start..<end, place: size)
        size += end + 1 - start
        count += 1
        start = end + 1
        searched = start
        return line
      }
      searched = bytes.count
      let more = try chunk()
      guard !more.isEmpty else { return nil }
      bytes.removeFirst(start)
      searched -= start
      start = 0
      bytes += more
      guard bytes.count <= Self.longest + more.count else {
        throw Failure("journal-corrupt", "line \(count + 1) is longer than \(Self.longest >> 20) MiB")
      }
    }
  }

  private func lineFeed() -> Int? {
    bytes.withUnsafeBufferPointer { buffer in
      var index = searched
      while index < buffer.count {
        if buffer[index] == UInt8(ascii: "\n") { return index }
        index += 1
      }
      return nil
    }
  }
}
