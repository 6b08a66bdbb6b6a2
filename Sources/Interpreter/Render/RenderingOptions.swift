/// How results are shown.
public struct RenderingOptions: Sendable {
  public enum Mode: String, Sendable, CaseIterable {
    /// A table on a terminal, lines elsewhere.
    case auto
    case table
    case lines
    case jsonl
    case json
    case csv
  }

  public var mode: Mode
  /// Whether the output is a terminal: then nothing from outside reaches it raw, and secrets are masked.
  public var isTerminal: Bool
  /// The columns that a table may take.
  public var width: Int
  public var isColoured: Bool
  /// The time by which tables say how long ago something was, in seconds since 1970; nil shows times as they are.
  public var now: Double?
  /// Kinds that records may be told to be by their fields, when nobody says what they are.
  var kinds: [ItemKind] = []
  /// Texts that a terminal must not show, beside what `SecretMask` knows by its look.
  public var secrets: [String] = []

  public init(
    mode: Mode = .auto, isTerminal: Bool = false, width: Int = 80, isColoured: Bool = false, now: Double? = nil
  ) {
    self.mode = mode
    self.isTerminal = isTerminal
    self.width = width
    self.isColoured = isColoured
    self.now = now
  }

  /// The text with secrets hidden, for a terminal.
  public func masked(_ text: String) -> String {
    SecretMask.masked(secrets.reduce(text) { $1.isEmpty ? $0 : $0.replacing($1, with: "…") })
  }

  /// The text in one line that changes nothing on a terminal but the cells it stands in, and holds no secret.
  func line(_ text: String) -> String { TerminalText.aligned(TerminalText.escaped(masked(text))) }

  /// The mode that `auto` stands for here.
  var effectiveMode: Mode { mode == .auto ? (isTerminal ? .table : .lines) : mode }
}
