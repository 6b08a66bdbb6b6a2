/// Asks a person: a seam that a host with a terminal fills in.
public protocol Prompter: AnyObject {
  /// Asks a question that is answered with yes or no. Cancelling means no.
  func confirm(_ question: String) async -> Bool

  /// Asks for text of several lines, which may be pasted.
  /// - Returns: the bytes as they were typed, the lines parted by line feeds, without what ended them.
  /// - Throws: `cancelled` after Ctrl-C, and nothing else.
  func text(_ question: String, until end: PromptEnd) async throws(Interruption) -> [UInt8]

  /// Asks for one line that is not shown.
  /// - Throws: `cancelled` after Ctrl-C, and nothing else.
  func secret(_ question: String) async throws(Interruption) -> String
}

/// What ends an answer of several lines, beside Ctrl-D.
public enum PromptEnd: Sendable {
  case emptyLine
  /// A line that holds nothing but a dot.
  case dot
}
