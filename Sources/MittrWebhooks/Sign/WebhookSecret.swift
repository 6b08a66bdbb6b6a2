/// An endpoint's signing secret, such as `whsec_…`.
///
/// The key is the secret's UTF-8 bytes as they stand: nothing is decoded, trimmed or removed. No description, debug
/// description or mirror shows it, so that a secret that reaches a log line, a crash report or `dump` stays secret.
public struct WebhookSecret: Sendable, ExpressibleByStringLiteral {
  let text: String

  /// - Parameter text: the secret exactly as the platform shows it. An empty one is accepted here and never verifies
  ///   anything, so that an environment variable that is not set cannot become a key that everybody knows.
  public init(_ text: String) { self.text = text }

  public init(stringLiteral value: String) { self.init(value) }

  /// Whether there is no secret at all.
  public var isEmpty: Bool { text.isEmpty }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `<redacted>`.
  public var description: String { "<redacted>" }
  /// Always `<redacted>`.
  public var debugDescription: String { description }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
