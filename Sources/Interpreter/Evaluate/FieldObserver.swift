import OrderedJSON

/// Notices fields that are asked of a stream's items and that no item has: most often a misspelling.
///
/// A field that exists on one item is never reported. One report a stream and field.
final class FieldObserver {
  private struct Field {
    let key: String
    let span: SourceSpan
  }

  /// More fields than a person reads warnings about are not noted.
  private static let limit = 20

  private var missing: [Field] = []
  private var present: Set<String> = []
  private var lastRecord: JSONObject?

  func see(_ key: String, at span: SourceSpan, in item: JSONValue) {
    guard case .object(let record) = item, !present.contains(key) else { return }
    if record[key] != nil {
      present.insert(key)
      return
    }
    lastRecord = record
    if missing.count < Self.limit, !missing.contains(where: { $0.key == key }) {
      missing.append(Field(key: key, span: span))
    }
  }

  /// The warnings, once the stream has ended.
  func warnings() -> [Diagnostic] {
    missing.filter { !present.contains($0.key) }.map { field in
      let near = Suggestion.nearest(to: field.key, among: lastRecord?.keys ?? [])
      return Diagnostic(
        .warning, "unknown-field", "no item has '\(field.key)'", at: field.span,
        help: near.map { "did you mean '\($0)'?" })
    }
  }
}
