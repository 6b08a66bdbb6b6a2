/// Where the values of a text stand, noted while the text is checked, so that looking up a key need not read it again.
///
/// There is an entry for the whole value, for each pair of each object and for each item of a list that is an object or a list
/// itself, in the order in which they begin. A text with escapes in a key has no tape, nor has one that is long or consists of
/// little but brackets: there `JSONCursor` reads again.
struct JSONTape: Sendable {
  /// The place of an entry.
  typealias Entry = Int

  /// Three numbers an entry: where it begins, a pair with its key; where its value ends; and the place of the entry that comes
  /// next in the same object or list, or 0. Offsets are in bytes from the beginning of the text.
  private let words: [UInt32]

  /// One without entries.
  init() { words = [] }

  init(_ recorder: JSONTapeRecorder) { words = recorder.words }

  /// The entry of the object or list that begins there.
  func entry(at offset: Int) -> Entry? {
    guard !words.isEmpty else { return nil }
    let offset = UInt32(truncatingIfNeeded: offset)
    if words[0] == offset { return 0 }
    // The last one that does not begin behind it: what is inside does.
    var (low, high) = (0, words.count / 3)
    while high - low > 1 {
      let middle = (low + high) / 2
      if words[middle * 3] <= offset { low = middle } else { high = middle }
    }
    return low * 3
  }

  /// The entry of the whole text's value.
  var root: Entry? { words.isEmpty ? nil : 0 }

  /// The first one in an object or a list.
  func first(in entry: Entry) -> Entry? {
    let inner = entry + 3
    return inner < words.count && words[inner] < words[entry + 1] ? inner : nil
  }

  func next(after entry: Entry) -> Entry? {
    let next = words[entry &+ 2]
    return next == 0 ? nil : Int(next)
  }

  func start(of entry: Entry) -> Int { Int(words[entry]) }
  func end(of entry: Entry) -> Int { Int(words[entry &+ 1]) }
}

/// Notes entries in memory that it is lent.
///
/// It writes through a pointer since it stands in the midst of the hot path: with an array an entry took 90 instructions more.
struct JSONTapeRecorder {
  private let memory: UnsafeMutableBufferPointer<UInt32>
  private var count = 0
  private var isRecording: Bool

  private static let longestText = 16 << 20
  private static let shortestMemory = 64

  /// How many numbers there is to be room for: a tape takes no more memory than its text, unless that is short, and twice
  /// as much while it is made. 0 where there is to be none.
  static func room(forText length: Int) -> Int { length <= longestText ? max(shortestMemory, length / 4) : 0 }

  /// - Parameter memory: must last as long as the recorder is used; an empty one for recording nothing.
  init(_ memory: UnsafeMutableBufferPointer<UInt32> = .init(start: nil, count: 0)) {
    self.memory = memory
    isRecording = !memory.isEmpty
  }

  /// An entry begins.
  /// - Parameter previous: the one before it in the same object or list, if there is one.
  /// - Returns: nil where nothing is recorded.
  @inline(__always)
  mutating func begin(at offset: Int, after previous: JSONTape.Entry? = nil) -> JSONTape.Entry? {
    guard isRecording else { return nil }
    let entry = count
    guard entry &+ 3 <= memory.count else {
      isRecording = false
      return nil
    }
    memory[entry] = UInt32(truncatingIfNeeded: offset)
    memory[entry &+ 2] = 0
    if let previous { memory[previous &+ 2] = UInt32(truncatingIfNeeded: entry) }
    count = entry &+ 3
    return entry
  }

  @inline(__always)
  mutating func finish(_ entry: JSONTape.Entry?, at offset: Int) {
    if let entry { memory[entry &+ 1] = UInt32(truncatingIfNeeded: offset) }
  }

  /// Records nothing any more, and forgets what was recorded.
  mutating func drop() { isRecording = false }

  fileprivate var words: [UInt32] { isRecording ? Array(memory[..<count]) : [] }
}
