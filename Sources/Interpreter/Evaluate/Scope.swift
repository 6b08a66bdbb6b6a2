public import OrderedJSON

/// The variables of one block, inside those of the blocks around it.
public final class Scope {
  private var values: [String: JSONValue] = [:]
  /// Variables whose values are made when they are read.
  private var provided: [String: Provided] = [:]
  private let parent: Scope?
  /// A function's input while nobody has asked for it.
  var input: ItemStream?

  public init(inside parent: Scope? = nil) { self.parent = parent }

  func value(of name: String) -> JSONValue? {
    var scope: Scope? = self
    while let current = scope {
      if let value = current.values[name] ?? current.provided[name]?.records() { return value }
      scope = current.parent
    }
    return nil
  }

  /// Binds in this scope, over a variable of the same name further out.
  public func bind(_ name: String, to value: JSONValue) { values[name] = value }

  /// Binds a name to the list of records that `records` answers at each read: for what changes by itself. A
  /// variable that is bound under the same name hides it.
  /// - Parameter kind: the kind of the records, so that something is known of them while nobody asks.
  public func provide(_ name: String, of kind: ItemKind, _ records: @escaping () -> JSONValue) {
    provided[name] = Provided(kind: kind, records: records)
  }

  /// Changes the nearest variable of this name; answers false when there is none.
  func set(_ name: String, to value: JSONValue) -> Bool {
    var scope: Scope? = self
    while let current = scope {
      if current.values[name] != nil || current.provided[name] != nil {
        current.values[name] = value
        return true
      }
      scope = current.parent
    }
    return false
  }

  /// The input of the function around, for the one place that takes its items one by one.
  func takeInput() -> ItemStream? {
    var scope: Scope? = self
    while let current = scope, current.values["in"] == nil {
      if let input = current.input {
        current.input = nil
        return input
      }
      scope = current.parent
    }
    return nil
  }

  /// Whether the nearest variable of this name is a string or a list.
  func isAppendable(_ name: String) -> Bool {
    switch value(of: name) {
    case .string?, .array?: true
    default: false
    }
  }

  /// Puts strings behind a string, lists behind a list, in place; answers false, and changes nothing, when the kinds
  /// are not all the same or the result would be too large.
  func append(_ additions: [JSONValue], to name: String) -> Bool {
    var scope: Scope? = self
    while let current = scope, current.values[name] == nil { scope = current.parent }
    guard let scope else { return false }
    if case .array(var items)? = scope.values[name] {
      let lists = additions.compactMap { $0.arrayValue }
      guard lists.count == additions.count,
        lists.reduce(items.count, { $0 + $1.count }) <= JSONValue.longestList
      else { return false }
      // Held here alone from now on: appending copies nothing.
      scope.values[name] = .null
      for list in lists { items += list }
      scope.values[name] = .array(items)
      return true
    }
    if case .string(var text, _)? = scope.values[name] {
      let texts = additions.compactMap { $0.stringValue }
      guard texts.count == additions.count,
        texts.reduce(text.utf8.count, { $0 + $1.utf8.count }) <= JSONValue.longestText
      else { return false }
      scope.values[name] = .null
      for addition in texts { text += addition }
      scope.values[name] = .string(text)
      return true
    }
    return false
  }

  /// What is bound in this scope alone, without what is provided.
  var bound: [String: JSONValue] { values }

  /// The kinds of the records that are provided in this scope and not hidden; no value is made.
  var providedKinds: [String: ItemKind] {
    provided.filter { values[$0.key] == nil }.mapValues { $0.kind }
  }

  /// The names bound in this scope alone.
  public var names: Set<String> { Set(values.keys).union(provided.keys) }

  public subscript(name: String) -> JSONValue? { value(of: name) }

  private struct Provided {
    let kind: ItemKind
    let records: () -> JSONValue
  }
}
