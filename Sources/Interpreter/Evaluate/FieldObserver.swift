import OrderedJSON

/// Notices fields that are asked of a stream's items and that no item has: most often a misspelling.
///
/// A field that exists on one item is never reported, also if that item was not asked for it. Items that are no records
/// do not count. One report a stream and field.
final class FieldObserver {
  private struct Field {
    let key: String
    let span: SourceSpan
  }

  /// What was asked for and has not been seen yet, in the order of asking.
  private var missing: [Field] = []
  private var asked: Set<ExactText> = []
  /// The keys of the items, from which the nearest is taken.
  private var keys: [String] = []
  private var known: Set<ExactText> = []
  private var sampled = 0
  private var isSampled = false

  /// So many records that lack a field are looked through for other keys, and so many keys are kept.
  private static let limit = 1000
  /// A longer key is nobody's misspelling.
  private static let longestKey = 200

  /// An item comes whose fields may be asked for.
  func begin(_ item: JSONValue) {
    isSampled = false
    guard !missing.isEmpty, case .object(let record) = item else { return }
    missing.removeAll { record[$0.key] != nil }
    if !missing.isEmpty { sample(record) }
  }

  /// The item that came last is asked for a field.
  func see(_ key: String, at span: SourceSpan, in item: JSONValue) {
    guard case .object(let record) = item, !asked.contains(ExactText(key)) else { return }
    asked.insert(ExactText(key))
    guard record[key] == nil else { return }
    missing.append(Field(key: key, span: span))
    sample(record)
  }

  private func sample(_ record: JSONObject) {
    guard !isSampled, sampled < Self.limit else { return }
    isSampled = true
    sampled += 1
    for key in record.keys where key.utf8.count <= Self.longestKey && keys.count < Self.limit {
      if known.insert(ExactText(key)).inserted { keys.append(key) }
    }
  }

  /// The warnings, once the stream has ended.
  func warnings() -> [Diagnostic] {
    missing.map { field in
      let near = Suggestion.nearest(to: field.key, among: keys)
      return Diagnostic(
        .warning, "unknown-field", "no item has '\(field.key)'", at: field.span,
        help: near.map { "did you mean '\($0)'?" })
    }
  }
}

/// Where the script asks for a field: what is warned about once is not warned about again in the next round of a loop.
struct FieldPlace: Hashable {
  let source: String
  let start: Int
}
