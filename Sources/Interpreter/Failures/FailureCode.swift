extension Failure {
  /// What went wrong, in one word that stays the same from version to version: scripts compare it.
  ///
  /// The language's own codes stand in `Failure.Code.language`, those of the application's commands in its vocabulary.
  /// A server's codes pass through as they are.
  public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// In kebab case for our own, in the server's words for its.
    public let rawValue: String
    /// One line without a full stop; empty for a code that is not ours.
    public let summary: String
    /// The process's exit status when nothing catches the failure; 0 for a warning.
    public let exitStatus: Int32

    public init(_ rawValue: String, _ summary: String, exit exitStatus: Int32 = 1) {
      self.rawValue = rawValue
      self.summary = summary
      self.exitStatus = exitStatus
    }

    /// One of the language's codes, or one that comes from elsewhere, such as a server.
    public init(rawValue: String) { self = Self.known[rawValue] ?? Code(rawValue, "") }

    private static let known = Dictionary(uniqueKeysWithValues: language.map { ($0.rawValue, $0) })

    public var description: String { rawValue }

    public static func == (left: Code, right: Code) -> Bool { left.rawValue == right.rawValue }

    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
  }
}

/// A command may say its code where it fails. It must be declared all the same, which a test holds it to.
extension Failure.Code: ExpressibleByStringLiteral {
  public init(stringLiteral code: String) { self.init(rawValue: code) }
}
