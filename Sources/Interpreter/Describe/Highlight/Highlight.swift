/// A piece of a text, and what it is to whoever reads it in colours.
public struct Highlight: Sendable, Hashable {
  public enum Kind: Sendable, Hashable, CaseIterable {
    /// A command that exists, or a function of the script.
    case command
    case keyword
    case flag
    case string
    case number
    case variable
    /// An operator, a pipe, or another sign between values.
    case sign
    case comment
    /// What is wrong whatever follows: a command, a flag or a variable that does not exist.
    case mistake
    /// A bracket or a quote that is not closed yet.
    case unclosed
    /// The bracket at the cursor, and the one that matches it.
    case matchingBracket
  }

  /// UTF-8 offsets.
  public let range: Range<Int>
  public let kind: Kind

  public init(_ range: Range<Int>, _ kind: Kind) {
    self.range = range
    self.kind = kind
  }
}
