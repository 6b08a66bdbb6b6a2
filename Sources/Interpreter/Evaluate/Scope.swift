public import OrderedJSON

/// The variables of one block, inside those of the blocks around it.
public final class Scope {
  private var values: [String: JSONValue] = [:]
  private let parent: Scope?

  public init(inside parent: Scope? = nil) { self.parent = parent }

  func value(of name: String) -> JSONValue? {
    var scope: Scope? = self
    while let current = scope {
      if let value = current.values[name] { return value }
      scope = current.parent
    }
    return nil
  }

  /// Binds in this scope, over a variable of the same name further out.
  public func bind(_ name: String, to value: JSONValue) { values[name] = value }

  /// Changes the nearest variable of this name; answers false when there is none.
  func set(_ name: String, to value: JSONValue) -> Bool {
    var scope: Scope? = self
    while let current = scope {
      if current.values[name] != nil {
        current.values[name] = value
        return true
      }
      scope = current.parent
    }
    return false
  }

  /// The names bound in this scope alone.
  public var names: Set<String> { Set(values.keys) }

  public subscript(name: String) -> JSONValue? { value(of: name) }
}
