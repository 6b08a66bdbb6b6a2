/// Words that a person made, such as aliases, which `help` tells about besides what is declared.
public protocol HelpSource: AnyObject {
  /// The words, and in one line each what they stand for.
  var helpEntries: [HelpEntry] { get }
}

/// A line of help about a word.
public struct HelpEntry: Sendable, Hashable {
  public let name: String
  public let summary: String

  public init(name: String, summary: String) {
    self.name = name
    self.summary = summary
  }
}

/// Where a session keeps it; in a script there is none.
public enum HelpSourceKey: SessionKey {
  public typealias Value = any HelpSource
}
