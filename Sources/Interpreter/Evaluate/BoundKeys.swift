import OrderedJSON

/// What items are sorted, gathered or added up by: paths into them, and expressions over them.
final class BoundKeys {
  struct Key {
    enum Content {
      case path(Path)
      case expression(BoundExpression)
    }

    let content: Content
    /// As it is written.
    let text: String
    let span: SourceSpan
    /// Whether a minus stands in front of it that turns the order round.
    var isReversed = false
  }

  private let keys: [Key]
  /// All of them, where none takes more than a look into the item.
  private let paths: BoundPaths?
  private let observer: FieldObserver

  init(_ keys: [Key], observer: FieldObserver) {
    self.keys = keys
    self.observer = observer
    let paths = keys.compactMap { key in if case .path(let path) = key.content { (path, key.span) } else { nil } }
    self.paths = paths.count == keys.count ? BoundPaths(paths, observer: observer) : nil
  }

  var count: Int { keys.count }
  var isEmpty: Bool { keys.isEmpty }
  /// Which of them turn the order round.
  var reversals: [Bool] { keys.map { $0.isReversed } }

  /// Where a key stands; nil where none is given and the items themselves are meant.
  func span(of index: Int) -> SourceSpan? { keys.indices.contains(index) ? keys[index].span : nil }

  /// A key as it is written; the item itself where none is given.
  func text(of index: Int) -> String { keys.indices.contains(index) ? keys[index].text : "." }

  /// What records call the values: the last name of a path, or what was written. Two of the same name have the whole path
  /// each.
  var names: [String] {
    let short = keys.map { key in
      if case .path(let path) = key.content { path.lastKey ?? path.text } else { key.text }
    }
    return zip(keys, short).map { key, name in
      if case .path(let path) = key.content, short.count(where: { $0 == name }) > 1 { path.text } else { name }
    }
  }

  /// The value of each key, in the order given.
  func values(for item: JSONValue) async throws(Interruption) -> [JSONValue] {
    if let paths { return try paths.values(in: item).map { $0.value } }
    var values: [JSONValue] = []
    for key in keys { values.append(try await value(of: key, for: item)) }
    return values
  }

  /// The value of the one key, the item itself where there is none, a record of the values where there are several.
  func value(for item: JSONValue) async throws(Interruption) -> JSONValue {
    switch keys.count {
    case 0: return item
    case 1:
      if let paths { return try paths.value(in: item) }
      return try await value(of: keys[0], for: item)
    default: return record(of: try await values(for: item))
    }
  }

  /// Values under the names of their keys.
  func record(of values: [JSONValue]) -> JSONValue { .object(JSONObject(zip(names, values).map { ($0, $1) })) }

  private func value(of key: Key, for item: JSONValue) async throws(Interruption) -> JSONValue {
    switch key.content {
    case .expression(let expression): return try await expression.value(for: item)
    case .path(let path):
      observer.begin(item)
      if let first = path.firstKey { observer.see(first, at: key.span, in: item) }
      do throws(PathError) {
        return try path.value(in: item)
      } catch {
        throw observer.about(item, .failure(Failure(.noSuchField, error.message, at: key.span, help: error.help)))
      }
    }
  }
}

extension Path {
  /// The last name in it.
  var lastKey: String? {
    for step in steps.reversed() {
      switch step {
      case .key(let key), .optional(.key(let key)): return key
      default: continue
      }
    }
    return nil
  }
}
