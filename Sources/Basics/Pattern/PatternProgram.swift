/// A pattern made ready to be run: what the compiler hands to the matcher.
final class PatternProgram: Sendable {
  enum Instruction: Sendable {
    /// Takes exactly this scalar and goes on behind.
    case scalar(UInt32)
    /// Takes a scalar of the set with this index and goes on behind.
    case set(Int)
    case match
    /// Goes on here …
    case jump(Int)
    /// … or at both, the first being preferred.
    case split(Int, Int)
    /// Notes the offset in a slot: two for each group, its start and its end.
    case save(Int)
    case assertion(PatternTree.Assertion)
  }

  let instructions: [Instruction]
  let sets: [ScalarSet]
  let groupNames: [String?]
  /// Whether a match can only start where the text does.
  let startsWithText: Bool
  /// By each byte whether a match may start with it; empty when a match may be empty.
  let firstBytes: [Bool]

  init(_ instructions: [Instruction], sets: [ScalarSet], groupNames: [String?]) {
    self.instructions = instructions
    self.sets = sets
    self.groupNames = groupNames
    startsWithText = Self.reach(instructions, passesTextStart: false).isEmpty
    var firstBytes = [Bool](repeating: false, count: 256)
    for place in Self.reach(instructions, passesTextStart: true) {
      switch instructions[place] {
      case .scalar(let value):
        for byte in Unicode.Scalar(value).map({ Array(String($0).utf8.prefix(1)) }) ?? [] {
          firstBytes[Int(byte)] = true
        }
      case .set(let index):
        for byte in 0..<256 where byte >= 128 || sets[index].contains(UInt32(byte)) { firstBytes[byte] = true }
      default: firstBytes = []
      }
      if firstBytes.isEmpty { break }
    }
    self.firstBytes = firstBytes
  }

  /// The instructions that take a scalar, or `match`, which can be reached before any scalar is taken.
  private static func reach(_ instructions: [Instruction], passesTextStart: Bool) -> [Int] {
    var reached: [Int] = []
    var isSeen = [Bool](repeating: false, count: instructions.count)
    var open = [0]
    while let place = open.popLast() {
      guard !isSeen[place] else { continue }
      isSeen[place] = true
      switch instructions[place] {
      case .scalar, .set, .match: reached.append(place)
      case .jump(let target): open.append(target)
      case .split(let first, let second): open += [first, second]
      case .assertion(.textStart) where !passesTextStart: break
      case .save, .assertion: open.append(place + 1)
      }
    }
    return reached
  }
}
