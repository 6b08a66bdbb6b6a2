import Basics
import OrderedJSON
import Synchronization

/// How results are shown.
public struct RenderingOptions: Sendable {
  public enum Mode: String, Sendable, CaseIterable {
    /// A table on a terminal, lines elsewhere.
    case auto
    /// A table, and one record a block where the records do not fit one.
    case table
    /// One record a block.
    case expanded
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
  /// How secrets begin.
  var secretPrefixes: [String] = [] { didSet { mask = SecretMask(prefixes: secretPrefixes) } }
  private var mask = SecretMask()
  private let secrets = KnownSecrets()

  public init(
    mode: Mode = .auto, isTerminal: Bool = false, width: Int = 80, isColoured: Bool = false, now: Double? = nil
  ) {
    self.mode = mode
    self.isTerminal = isTerminal
    self.width = width
    self.isColoured = isColoured
    self.now = now
  }

  /// Adds texts that a terminal must not show, beside what is known by its beginning. Copies of these options hide
  /// them too, those made earlier included. From any thread.
  public func hide(_ texts: some Sequence<String>) { secrets.add(texts) }

  /// The same for texts that are secrets by their names alone. Short ones are passed over: they would be found in every other
  /// word.
  public func learn(_ texts: some Sequence<String>) {
    secrets.add(texts.filter { $0.utf8.count >= Self.shortestSecret && mask.masked($0) == $0 })
  }

  private static let shortestSecret = 6

  /// Lets a terminal show these secrets, as a person asked, until the statement's result is shown. From any thread.
  public func reveal(_ texts: some Sequence<String>) { secrets.reveal(texts) }

  /// Hides again what was revealed.
  func endRevealing() { secrets.endRevealing() }

  /// The text with secrets hidden, for a terminal.
  /// - Parameter evenRevealed: whether secrets are hidden too that a person has asked to see.
  public func masked(_ text: String, evenRevealed: Bool = false) -> String {
    let (hidden, shown) = evenRevealed ? (secrets.known, []) : secrets.all
    return mask.masked(hidden.reduce(text) { $0.replacing($1, with: "…") }, except: shown)
  }

  /// Whether there is anything in the text that `masked` hides.
  public func holdsSecret(_ text: String) -> Bool { masked(text) != text }

  /// The text in one line that changes nothing on a terminal but the cells it stands in, and holds no secret.
  func line(_ text: String) -> String { DisplayWidth.aligned(SafeText.escaped(masked(text))) }

  /// Whether results are laid out to be read.
  var isForPeople: Bool { [.table, .expanded].contains(effectiveMode) }

  /// The mode that `auto` stands for here.
  var effectiveMode: Mode { mode == .auto ? (isTerminal ? .table : .lines) : mode }
}

/// The secrets of a session. More become known while it lasts, and by then what shows texts, such as notices, has its
/// options already.
private final class KnownSecrets: Sendable {
  /// As they are and as JSON writes them, the longest first: one may begin with another.
  private let texts = Mutex<[String]>([])
  /// Those that are not hidden for now.
  private let shown = Mutex<Set<String>>([])

  /// More are not kept, since each text that is shown is searched for all of them.
  private static let limit = 500

  var known: [String] { texts.withLock { $0 } }

  var all: (hidden: [String], shown: Set<String>) {
    let (all, shown) = (texts.withLock { $0 }, shown.withLock { $0 })
    return (shown.isEmpty ? all : all.filter { !shown.contains($0) }, shown)
  }

  func reveal(_ more: some Sequence<String>) {
    let more = more.flatMap(Self.spellings)
    shown.withLock { $0.formUnion(more) }
  }

  func endRevealing() { shown.withLock { $0 = [] } }

  /// As it is, and as JSON writes it.
  private static func spellings(_ text: String) -> [String] {
    [text, String(JSONWriter.compact.string(.string(text)).dropFirst().dropLast())]
  }

  func add(_ more: some Sequence<String>) {
    let more = more.flatMap(Self.spellings)
    texts.withLock { texts in
      for text in more where !text.isEmpty && !texts.contains(text) && texts.count < Self.limit { texts.append(text) }
      texts.sort { $0.utf8.count > $1.utf8.count }
    }
  }
}
