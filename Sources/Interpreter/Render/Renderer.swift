import Basics
import OrderedJSON

/// Shows one result, value or stream. Formats differ; putting out the bytes is the same for all.
final class Renderer {
  private var format: any ResultFormat
  private let sink: any ByteSink
  private let options: RenderingOptions
  private var bytes: [UInt8] = []
  private var hasItems = false
  /// How to see the secrets of the items.
  private var hiddenSecretHelp: String?
  /// How to see what was hidden; nil when nothing was, or nobody can say.
  private(set) var hidden: String?
  /// Why nothing can be written any more. It is thrown again each time, since not everybody who puts something out between
  /// two items can pass it on.
  private var failure: Interruption?
  /// What was rendered and could not be written.
  private(set) var lost: [UInt8] = []
  private static let limit = 32 << 10

  init(_ options: RenderingOptions, to sink: any ByteSink) {
    self.options = options
    self.sink = sink
    format =
      switch options.effectiveMode {
      case .auto, .table: TableFormat(options)
      case .expanded: ExpandedFormat(options)
      case .lines: LinesFormat()
      case .jsonl: JSONLinesFormat()
      case .json: JSONFormat()
      case .csv: CSVFormat(lineBreak: options.isTerminal ? "\n" : "\r\n")
      }
  }

  /// Whether something could not be written; not that nobody reads it.
  var hasFailed: Bool { if case .failure = failure { true } else { false } }

  func show(_ value: JSONValue, kind: ItemKind?) throws(Interruption) {
    hiddenSecretHelp = kind?.hiddenSecretHelp
    noteHidden(in: value)
    if value.stringValue != nil { takeAsWritten(kind) }
    if let report = kind?.report, options.mode == .auto, options.isTerminal {
      try add { format, bytes throws(Failure) in try format.value(.object(report), kind: kind?.ofReport, to: &bytes) }
    } else {
      try add { format, bytes throws(Failure) in try format.value(value, kind: kind, to: &bytes) }
    }
    try put()
  }

  func begin(_ kind: ItemKind?) throws(Interruption) {
    takeAsWritten(kind)
    // The columns of a table have no secrets.
    if options.effectiveMode != .table { hiddenSecretHelp = kind?.hiddenSecretHelp }
    format.begin(kind, to: &bytes)
  }

  func item(_ item: JSONValue) throws(Interruption) {
    hasItems = true
    noteHidden(in: item)
    try add { format, bytes throws(Failure) in try format.item(item, to: &bytes) }
    if bytes.count >= Self.limit { try put() }
  }

  func end() throws(Interruption) {
    try add { format, bytes throws(Failure) in try format.end(to: &bytes) }
    try put()
  }

  private func add(
    _ body: (any ResultFormat, inout [UInt8]) throws(Failure) -> Void
  ) throws(Interruption) {
    do throws(Failure) { try body(format, &bytes) } catch { throw .failure(error) }
  }

  /// Ends what was begun, after an error. Without any item nothing is said: that none came is not known.
  func abandon() throws(Interruption) {
    if hasItems { try end() }
  }

  /// Puts out what there is, because something slow follows or another writer is next.
  func flush() throws(Interruption) {
    format.pause(to: &bytes)
    try put()
  }

  private func noteHidden(in value: JSONValue) {
    guard let help = hiddenSecretHelp, hidden == nil, options.isTerminal, options.holdsSecret(value.text) else {
      return
    }
    hidden = help
  }

  /// Texts that are written down already are shown as they are. A terminal needs no carriage returns.
  private func takeAsWritten(_ kind: ItemKind?) {
    guard let lineBreak = kind?.lineBreak else { return }
    format = LinesFormat(lineBreak: options.isTerminal ? "\n" : lineBreak, isJSON: kind?.isJSONText ?? false)
  }

  private func put() throws(Interruption) {
    if failure == nil, bytes.isEmpty { return }
    defer { bytes.removeAll(keepingCapacity: true) }
    do throws(Interruption) {
      if let failure { throw failure }
      var bytes = bytes
      if options.isTerminal, !format.isTerminalSafe {
        let text = options.masked(String(decoding: bytes, as: UTF8.self))
        bytes = Array(SafeText.escapedJSON(text).utf8)
      }
      try sink.write(options.isColoured && format.isJSON ? JSONColors.painted(bytes) : bytes)
    } catch {
      failure = error
      lost += bytes
      throw error
    }
  }
}

/// A way to write results down. It appends bytes and knows nothing of where they go.
protocol ResultFormat: AnyObject {
  /// Whether it escapes and masks by itself what a terminal must not get.
  var isTerminalSafe: Bool { get }
  /// Whether what it writes is JSON, which has colours.
  var isJSON: Bool { get }
  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) throws(Failure)
  func begin(_ kind: ItemKind?, to bytes: inout [UInt8])
  /// - Throws: when the format has no place for something in the item.
  func item(_ item: JSONValue, to bytes: inout [UInt8]) throws(Failure)
  func end(to bytes: inout [UInt8]) throws(Failure)
  /// Writes what was held back so far, as far as that makes sense.
  func pause(to bytes: inout [UInt8])
}

extension ResultFormat {
  var isTerminalSafe: Bool { false }
  var isJSON: Bool { false }
  func begin(_ kind: ItemKind?, to bytes: inout [UInt8]) {}
  func end(to bytes: inout [UInt8]) {}
  func pause(to bytes: inout [UInt8]) {}
}
