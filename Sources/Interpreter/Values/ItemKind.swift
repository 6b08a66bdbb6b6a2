public import OrderedJSON

/// What a kind of record is called and which of its fields a table shows first.
public struct ItemKind: Sendable, Hashable {
  public let name: String
  public let columns: [String]
  /// Other fields that such a record may have, which completion offers and tables leave out.
  public let others: [String]
  /// Fields that a table shows whole: as a column where there is room for it, and else below each record that has one.
  public let notes: [Note]
  /// Whether the columns are those that were asked for by name: a table leaves none of them out and cuts none.
  private(set) var isSelected = false
  /// How some values of some fields are to be taken, for colours: by the field's name and the value's text.
  public let colors: [String: [String: SemanticColor]]
  /// Fields that always hold one of some words, with these words: a comparison with another one is warned about.
  public let words: [String: [String]]
  /// How the one record is told to a person: shown in its place on a terminal, as a list.
  public private(set) var report: JSONObject?
  private var reportColors: [String: [String: SemanticColor]] = [:]
  /// What a person is told where a terminal hides a secret of such a record: how to see it.
  private(set) var hiddenSecretHelp: String?
  /// Set for texts that are written down already, such as the rows of CSV: they are shown and saved as they are, whatever
  /// the format, each with this line break behind it.
  let lineBreak: String?

  public init(
    _ name: String, columns: [String], notes: [Note] = [], others: [String] = [],
    colors: [String: [String: SemanticColor]] = [:], words: [String: [String]] = [:]
  ) {
    self.init(name, columns: columns, notes: notes, others: others, colors: colors, words: words, lineBreak: nil)
  }

  private init(
    _ name: String, columns: [String], notes: [Note] = [], others: [String] = [],
    colors: [String: [String: SemanticColor]] = [:], words: [String: [String]] = [:], lineBreak: String?
  ) {
    self.name = name
    self.columns = columns
    self.notes = notes
    self.others = others
    self.colors = colors
    self.words = words
    self.lineBreak = lineBreak
  }

  /// The kind for one record that is told to a person in these words. A format that is asked for, a pipe and a
  /// file get the record all the same.
  /// - Parameter colors: how some values of the report are to be taken.
  public func reported(as report: JSONObject, colors: [String: [String: SemanticColor]] = [:]) -> ItemKind {
    var kind = self
    kind.report = report
    kind.reportColors = colors
    return kind
  }

  /// The kind for records whose secrets a terminal hides.
  /// - Parameter help: one line that says how to see them; it is told when one was hidden.
  public func explaining(hiddenSecret help: String) -> ItemKind {
    var kind = self
    kind.hiddenSecretHelp = help
    return kind
  }

  /// The kind of the report itself, which has nothing but colours.
  var ofReport: ItemKind { ItemKind("report", columns: [], colors: reportColors) }

  /// Text in some format: it is shown and saved as it is.
  public static let text = ItemKind("text", columns: [], lineBreak: "\n")
  /// Text that is JSON.
  static let jsonText = ItemKind("JSON text", columns: [], lineBreak: "\n")
  var isJSONText: Bool { self == Self.jsonText }
  /// Rows of CSV, whose line break is CRLF.
  static let row = ItemKind("row", columns: [], lineBreak: "\r\n")

  /// Records of which nothing is known but what was added to them. A table shows that behind what it shows of the kind
  /// that they turn out to be.
  static let unnamed = ItemKind("", columns: [])

  /// Records with some fields of this kind: values keep their colours, and a table shows whatever fields there are.
  var withoutColumns: ItemKind { ItemKind("", columns: [], colors: colors) }

  /// Records with these fields, which were asked for.
  func selecting(_ fields: [String]) -> ItemKind {
    var kind = ItemKind("", columns: fields, colors: colors, words: words)
    kind.isSelected = true
    return kind
  }

  /// The kind with more fields for a table to show, behind the first one: further back there may be no room for them.
  func adding(_ fields: [String]) -> ItemKind {
    let added = fields.filter { !columns.contains($0) }
    guard !isSelected else { return selecting(columns + added) }
    return ItemKind(
      name, columns: columns.prefix(1) + added + columns.dropFirst(), notes: notes, colors: colors, words: words)
  }
}

extension ItemKind {
  /// A field that says something of its record in words.
  public struct Note: Sendable, Hashable {
    let name: String
    /// Whether it belongs into lists only where each record has it, such as why each of the failed ones failed.
    let isOfAll: Bool

    /// Shown of each record that has it.
    public static func ofAny(_ name: String) -> Note { Note(name: name, isOfAll: false) }

    /// Shown where all records of a list have it.
    public static func ofAll(_ name: String) -> Note { Note(name: name, isOfAll: true) }
  }
}

/// What a value means to its reader, which decides its color.
public enum SemanticColor: Sendable, Hashable {
  case good
  case bad
  /// It will become one or the other.
  case waiting
}
