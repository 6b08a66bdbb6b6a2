/// A pattern as it was read: what the parser hands to the compiler.
struct PatternTree {
  indirect enum Node {
    case empty
    /// One scalar, exactly.
    case scalar(UInt32)
    /// One scalar out of a set, by its index.
    case set(Int)
    case assertion(Assertion)
    case sequence([Node])
    /// The first that matches, from left to right.
    case choice([Node])
    case group(Node, number: Int)
    /// - maximum: nil when there is none.
    case repetition(Node, minimum: Int, maximum: Int?, isLazy: Bool)
  }

  /// What holds between two scalars.
  enum Assertion {
    case textStart
    case textEnd
    case lineStart
    case lineEnd
    case wordEdge
    case noWordEdge
  }

  var root: Node
  var sets: [ScalarSet]
  /// By number; group 0 is the whole match.
  var groupNames: [String?]
}
