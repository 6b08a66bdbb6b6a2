/// Runs a program over one text: all ways of matching side by side, one scalar after another, after Pike.
///
/// A thread is a place in the program with the slots it has noted. The threads are kept in order of preference, and no
/// two of them are at the same place, so that the work for each scalar is bounded by the program's length.
struct PatternMatcher {
  /// After how much of it to ask whether the task was cancelled: some milliseconds.
  private static let workBetweenChecks = 1 << 20

  private struct Threads {
    /// The first `count` of them count.
    var places: [Int]
    var count = 0
    /// By place: `slotCount` offsets each.
    var slots: [Int]

    var isEmpty: Bool { count == 0 }

    init(_ places: Int, slots: Int) {
      self.places = Array(repeating: 0, count: places)
      self.slots = Array(repeating: -1, count: places * slots)
    }
  }

  private struct Pending {
    var place = 0
    /// The slot to set back to `place`, or a negative number to go on at `place`.
    var slot = -1
  }

  /// Stands for what is before the first and behind the last scalar.
  private static let nothing = UInt32.max

  private let program: PatternProgram
  private let instructions: [PatternProgram.Instruction]
  private let bytes: [UInt8]
  private let slotCount: Int
  private var work: Int
  private var checkpoint: Int
  private var threads: Threads
  private var running: Threads
  private var slots: [Int]
  private var found: [Int] = []
  /// What is still to be done in `add`: no more than one for each instruction.
  private var pending: [Pending]
  /// In which round a place was last reached.
  private var rounds: [Int]
  private var round = 0
  private var before = nothing
  private var after = nothing

  /// - Parameter isCapturing: false when only whether there is a match counts, which is quicker.
  init(_ program: PatternProgram, _ text: String, capturing isCapturing: Bool = true, work: Int = PatternWork.maximum) {
    self.program = program
    self.work = work
    checkpoint = max(0, work - Self.workBetweenChecks)
    instructions = program.instructions
    bytes = Array(text.utf8)
    slotCount = isCapturing ? 2 * program.groupNames.count : 0
    slots = Array(repeating: -1, count: slotCount)
    let count = program.instructions.count
    threads = Threads(count, slots: slotCount)
    running = Threads(count, slots: slotCount)
    rounds = Array(repeating: 0, count: count)
    pending = Array(repeating: Pending(), count: count + 1)
  }

  var length: Int { bytes.count }

  /// What the last search found.
  var match: PatternMatch? {
    let groups = stride(from: 0, to: found.count, by: 2).map { index in
      found[index] >= 0 && found[index + 1] >= found[index] ? found[index]..<found[index + 1] : nil
    }
    guard let range = groups.first ?? nil else { return nil }
    return PatternMatch(groups: groups, range: range)
  }

  /// Finds the first match at or behind an offset that lies between two scalars.
  mutating func search(from start: Int) throws(MatchingStopped) -> Bool {
    var position = start
    var here = scalar(at: position)
    before = scalar(before: position)
    var isFound = false
    nextRound()
    while true {
      if threads.isEmpty {
        if isFound || program.startsWithText && position > 0 { break }
        if !program.firstBytes.isEmpty {
          let start = position
          while position < bytes.count, !program.firstBytes[Int(bytes[position])] { position += 1 }
          if position == bytes.count { break }
          if position > start {
            (before, here) = (scalar(before: position), scalar(at: position))
            nextRound()
          }
        }
      }
      if !isFound {
        after = here.value
        for slot in slots.indices { slots[slot] = -1 }
        if try add(0, at: position) { return true }
      }
      let end = position + here.width
      let ahead = scalar(at: end)
      (before, after) = (here.value, ahead.value)
      swap(&threads, &running)
      nextRound()
      if try step(over: here.value, to: end, &isFound) { return true }
      if here.width == 0 { break }
      (position, here) = (end, ahead)
    }
    return isFound
  }

  /// Moves each thread over a scalar. A thread that has matched ends those that are less preferred.
  /// - Returns: whether that is all there is to know.
  private mutating func step(
    over scalar: UInt32, to position: Int, _ isFound: inout Bool
  ) throws(MatchingStopped) -> Bool {
    for index in 0..<running.count {
      let place = running.places[index]
      switch instructions[place] {
      case .scalar(let value): guard value == scalar else { continue }
      case .set(let index): guard scalar != Self.nothing, program.sets[index].contains(scalar) else { continue }
      default:
        isFound = true
        found = Array(running.slots[place * slotCount..<(place + 1) * slotCount])
        return false
      }
      for slot in 0..<slotCount { slots[slot] = running.slots[place * slotCount + slot] }
      if try add(place + 1, at: position) { return true }
    }
    return false
  }

  private mutating func nextRound() {
    threads.count = 0
    round += 1
  }

  /// Adds the threads that are reached from a place without taking a scalar, in order of preference.
  /// - Returns: true when one of them has matched and nobody asks for more.
  private mutating func add(_ place: Int, at position: Int) throws(MatchingStopped) -> Bool {
    var place = place
    var left = 0
    while true {
      while rounds[place] != round {
        rounds[place] = round
        work -= 1
        if work < checkpoint { try check() }
        switch instructions[place] {
        case .jump(let target): place = target
        case .split(let first, let second):
          pending[left] = Pending(place: second)
          left += 1
          place = first
        case .save(let slot):
          if slot < slotCount {
            pending[left] = Pending(place: slots[slot], slot: slot)
            left += 1
            slots[slot] = position
          }
          place += 1
        case .assertion(let assertion):
          if holds(assertion) { place += 1 }
        case .match where slotCount == 0: return true
        case .scalar, .set, .match:
          threads.places[threads.count] = place
          threads.count += 1
          work -= slotCount
          for slot in 0..<slotCount { threads.slots[place * slotCount + slot] = slots[slot] }
        }
      }
      // Back to what was left: slots as they were there, then the less preferred way.
      repeat {
        guard left > 0 else { return false }
        left -= 1
        place = pending[left].place
        if pending[left].slot >= 0 { slots[pending[left].slot] = place }
      } while pending[left].slot >= 0
    }
  }

  private mutating func check() throws(MatchingStopped) {
    guard work > 0, !Task.isCancelled else { throw MatchingStopped() }
    checkpoint = max(0, work - Self.workBetweenChecks)
  }

  private func holds(_ assertion: PatternTree.Assertion) -> Bool {
    switch assertion {
    case .textStart: before == Self.nothing
    case .textEnd: after == Self.nothing
    case .lineStart: before == Self.nothing || before == 0x0A
    case .lineEnd: after == Self.nothing || after == 0x0A
    case .wordEdge: isWord(before) != isWord(after)
    case .noWordEdge: isWord(before) == isWord(after)
    }
  }

  private func isWord(_ value: UInt32) -> Bool { Unicode.Scalar(value).map { ScalarSet.isWord($0) } ?? false }

  /// The offset of the next scalar, or one past the length at the end.
  func offset(after position: Int) -> Int { position + max(1, scalar(at: position).width) }

  /// The bytes are valid UTF-8, since they come from a string.
  private func scalar(at position: Int) -> (value: UInt32, width: Int) {
    guard position < bytes.count else { return (Self.nothing, 0) }
    let lead = bytes[position]
    if lead < 0x80 { return (UInt32(lead), 1) }
    let width = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = UInt32(lead) & (0x7F >> UInt32(width))
    for byte in bytes[(position + 1)..<min(position + width, bytes.count)] { value = value << 6 | UInt32(byte & 0x3F) }
    return (value, width)
  }

  private func scalar(before position: Int) -> UInt32 {
    var start = position - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start >= 0 ? scalar(at: start).value : Self.nothing
  }
}
