import Basics
package import OrderedJSON

/// How records read on a terminal: their cells in one safe line each, without secrets, and the colours of what values mean.
package struct RecordText {
  package var options: RenderingOptions

  /// No window shows more characters of a row's cell; the rest of a huge value need not be escaped first.
  private static let cellLimit = 2000

  package init(_ options: RenderingOptions) { self.options = options }

  /// A field in one line; a time is said as how long ago it was.
  package func cell(_ name: String, _ value: JSONValue) -> String {
    age(name, value) ?? Self.error(name, value).map(title) ?? cell(value)
  }

  /// The same where columns are laid out: wide enough for what a time is going to say later.
  package func widestCell(_ name: String, _ value: JSONValue) -> String {
    guard let age = age(name, value) else { return cell(name, value) }
    return age + String(repeating: " ", count: max(0, Self.widestAge - age.utf8.count))
  }

  /// A value in one line, as far as a row may show it.
  package func cell(_ value: JSONValue) -> String { title(value.text) }

  /// A key in one line, as far as a row may show it.
  package func title(_ text: String) -> String {
    options.line(String(text.unicodeScalars.prefix(Self.cellLimit)))
  }

  /// A field in one line, all of it.
  func whole(_ name: String, _ value: JSONValue) -> String { line(Self.error(name, value) ?? value.text) }

  /// `CODE: message` of an error; what else is known of it a record by itself tells.
  private static func error(_ name: String, _ value: JSONValue) -> String? {
    guard case .object(let record) = value, name.lowercased().hasSuffix("error"),
      let code = record["code"]?.stringValue, let message = record["message"]?.stringValue
    else { return nil }
    return "\(code): \(message)"
  }

  /// The whole text in one line.
  package func line(_ text: String) -> String { options.line(text) }

  /// What is told of the items, or else the kind whose columns the first record has, all of them.
  package func kind(_ told: ItemKind?, first: JSONValue?) -> ItemKind? {
    var inferred: ItemKind? {
      guard case .object(let record)? = first else { return nil }
      return options.kinds.first { $0.columns.allSatisfy { record[$0] != nil } }
    }
    guard let told, told.name.isEmpty, !told.isSelected else { return told ?? inferred }
    return inferred?.adding(told.columns) ?? told.withoutColumns
  }

  /// A value's text in the colour of what it means.
  package func painted(_ text: String, _ name: String, _ value: JSONValue, _ kind: ItemKind?) -> String {
    guard options.isColoured, let color = kind?.colors[name]?[value.text] else { return text }
    return switch color {
    case .good: paint(text, "32")
    case .bad: paint(text, "31")
    case .waiting: paint(text, "33")
    }
  }

  package func paint(_ text: String, _ code: String) -> String {
    options.isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  private func age(_ name: String, _ value: JSONValue) -> String? {
    guard name.hasSuffix("At"), case .string(let text, _) = value, let now = options.now,
      let seconds = TimeReference.seconds(iso8601: text)
    else { return nil }
    return Self.age(now - seconds)
  }

  /// `59m ago`.
  private static let widestAge = 7

  /// `now`, `5m ago`, `in 2h`.
  private static func age(_ seconds: Double) -> String {
    let distance = seconds.magnitude
    let text: String =
      switch distance {
      case ..<1: "now"
      case ..<60: "\(Int(distance))s"
      case ..<3600: "\(Int(distance / 60))m"
      case ..<172_800: "\(Int(distance / 3600))h"
      default: "\(Int(min(distance, 1e12) / 86400))d"
      }
    return distance < 1 ? text : seconds < 0 ? "in \(text)" : "\(text) ago"
  }
}
