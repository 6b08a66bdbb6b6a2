import OrderedJSON

/// Notices fields that are asked of a stream's items and that no item has: most often a misspelling.
///
/// A field that exists on one item is never reported, also if that item was not asked for it. Items that are no records
/// do not count. One report a stream and field.
final class FieldObserver {
  /// The keys that no item had so far, and where the script asked for them in vain, if it did.
  private var absent: [ExactText: SourceSpan?] = [:]
  /// All keys that are or were among these, or that were there when they were first asked for.
  private var known: Set<ExactText> = []
  /// Keys of the items, from which the nearest is taken.
  private var keys: [String] = []
  private var keyNames: Set<ExactText> = []
  private var sampled = 0
  private var isSampled = false
  /// The stream that the items come from; nil where there is one value, which needs no number.
  weak var input: ItemStream?

  /// So many records that lack a field are looked through for other keys, and so many keys are kept.
  private static let limit = 1000
  /// A longer key is nobody's misspelling.
  private static let longestKey = 200

  /// The expression will be computed for items. Not each of its fields is asked of each item: what an item has counts
  /// all the same.
  func watch(_ expression: Expression) {
    for key in expression.itemKeys where known.insert(ExactText(key)).inserted {
      absent[ExactText(key)] = .some(nil)
    }
  }

  /// An item comes whose fields may be asked for.
  func begin(_ item: JSONValue) {
    isSampled = false
    guard !absent.isEmpty, case .object(let record) = item else { return }
    for (key, span) in absent {
      if record[key.text] != nil {
        absent.removeValue(forKey: key)
      } else if span != nil {
        sample(record)
      }
    }
  }

  /// The item that came last is asked for a field.
  func see(_ key: String, at span: SourceSpan, in item: JSONValue) {
    guard case .object(let record) = item else { return }
    let name = ExactText(key)
    if known.contains(name) {
      // Most often some item had it long ago.
      guard !absent.isEmpty, let asked = absent[name] else { return }
      if asked == nil { absent[name] = .some(span) }
    } else {
      known.insert(name)
      guard record[key] == nil else { return }
      absent[name] = .some(span)
    }
    sample(record)
  }

  /// What went wrong with an item that came last, saying which it was.
  func about(_ item: JSONValue, _ error: Interruption) -> Interruption {
    guard let input, input.pulled > 0 else { return error }
    return error.about(item, number: input.pulled)
  }

  private func sample(_ record: JSONObject) {
    guard !isSampled, sampled < Self.limit else { return }
    isSampled = true
    sampled += 1
    for key in record.keys where key.utf8.count <= Self.longestKey && keys.count < Self.limit {
      if keyNames.insert(ExactText(key)).inserted { keys.append(key) }
    }
  }

  /// The warnings, once the stream has ended, in the order of the script.
  func warnings() -> [Diagnostic] {
    var fields: [(key: String, span: SourceSpan)] = []
    for case (let key, let span?) in absent { fields.append((key.text, span)) }
    return fields.sorted { $0.span.start < $1.span.start }.map { field in
      let near = Suggestion.nearest(to: field.key, among: keys)
      return Diagnostic(
        .warning, .unknownField, "no item has '\(field.key)'", at: field.span,
        help: (near ?? endingKey(field.key)).map { "did you mean '\($0)'?" })
    }
  }

  /// `eventType` for `type`: the only key that ends in what was asked for, as a word of its own.
  private func endingKey(_ key: String) -> String? {
    guard key.utf8.count >= 3 else { return nil }
    let ending = key.prefix(1).uppercased() + key.dropFirst()
    let found = keys.filter { $0.hasSuffix(ending) || $0.hasSuffix("_" + key) }
    return found.count == 1 ? found[0] : nil
  }
}

/// Where the script asks for a field: what is warned about once is not warned about again in the next round of a loop.
struct FieldPlace: Hashable {
  let source: String
  let start: Int
}
