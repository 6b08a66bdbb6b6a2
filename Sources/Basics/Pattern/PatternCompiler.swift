/// Turns a pattern's tree into a program, by Thompson's construction.
struct PatternCompiler {
  /// The largest program. Each character of a text may have to be looked at by each instruction.
  static let maximumInstructions = 5000

  private var instructions: [PatternProgram.Instruction] = []
  /// Counts the nodes compiled, copies included: nodes that emit nothing are bounded by it too.
  private var visits = 0

  static func program(of tree: PatternTree) throws(PatternError) -> PatternProgram {
    var compiler = PatternCompiler()
    try compiler.compile(.group(tree.root, number: 0))
    try compiler.emit(.match)
    return PatternProgram(compiler.instructions, sets: tree.sets, groupNames: tree.groupNames)
  }

  @discardableResult
  private mutating func emit(_ instruction: PatternProgram.Instruction) throws(PatternError) -> Int {
    guard instructions.count < Self.maximumInstructions else { throw Self.tooLarge }
    instructions.append(instruction)
    return instructions.count - 1
  }

  private mutating func compile(_ node: PatternTree.Node) throws(PatternError) {
    visits += 1
    guard visits <= 4 * Self.maximumInstructions else { throw Self.tooLarge }
    switch node {
    case .empty: break
    case .scalar(let value): try emit(.scalar(value))
    case .set(let index): try emit(.set(index))
    case .assertion(let assertion): try emit(.assertion(assertion))
    case .sequence(let nodes): for node in nodes { try compile(node) }
    case .choice(let branches): try compile(choice: branches)
    case .group(let inner, let number):
      try emit(.save(2 * number))
      try compile(inner)
      try emit(.save(2 * number + 1))
    case .repetition(let node, let minimum, let maximum, let isLazy):
      for _ in 0..<max(0, maximum == nil ? minimum - 1 : minimum) { try compile(node) }
      if let maximum {
        try compile(optional: node, times: maximum - minimum, isLazy)
      } else if minimum > 0 {
        try compile(oneOrMore: node, isLazy)
      } else {
        // Not a plain loop around the node: when the node can match nothing, the order of alternatives would be lost.
        let fork = try emit(.jump(0))
        try compile(oneOrMore: node, isLazy)
        instructions[fork] = Self.split(fork + 1, instructions.count, isLazy)
      }
    }
  }

  private mutating func compile(choice branches: [PatternTree.Node]) throws(PatternError) {
    var exits: [Int] = []
    for (index, branch) in branches.enumerated() {
      guard index + 1 < branches.count else {
        try compile(branch)
        break
      }
      let fork = try emit(.jump(0))
      try compile(branch)
      exits.append(try emit(.jump(0)))
      instructions[fork] = .split(fork + 1, instructions.count)
    }
    for exit in exits { instructions[exit] = .jump(instructions.count) }
  }

  private mutating func compile(oneOrMore node: PatternTree.Node, _ isLazy: Bool) throws(PatternError) {
    let start = instructions.count
    try compile(node)
    let fork = try emit(.jump(0))
    instructions[fork] = Self.split(start, fork + 1, isLazy)
  }

  /// `(x(x(x)?)?)?`: a thread that stops early leaves them all.
  private mutating func compile(optional node: PatternTree.Node, times: Int, _ isLazy: Bool) throws(PatternError) {
    var forks: [Int] = []
    for _ in 0..<max(0, times) {
      forks.append(try emit(.jump(0)))
      try compile(node)
    }
    for fork in forks { instructions[fork] = Self.split(fork + 1, instructions.count, isLazy) }
  }

  private static func split(_ inner: Int, _ exit: Int, _ isLazy: Bool) -> PatternProgram.Instruction {
    isLazy ? .split(exit, inner) : .split(inner, exit)
  }

  private static var tooLarge: PatternError {
    PatternError(reason: "its repetitions make it too large; use smaller counts", offset: nil)
  }
}
