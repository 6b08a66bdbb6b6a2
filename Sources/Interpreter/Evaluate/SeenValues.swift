import OrderedJSON

/// The scalars that stood lately at the places of a kind of item, for completion. Bounded, and without what its name says
/// is a secret.
struct SeenValues: Sendable {
  private static let mostPlaces = 100
  static let mostValues = 50
  private static let deepest = 4
  /// A longer text is nothing that a person would choose, in bytes.
  private static let longestText = 80

  /// By the keys that lead there, the oldest first.
  private var places: [[String]: [JSONValue]] = [:]

  /// Takes the scalars of an item.
  /// - Parameters:
  ///   - outline: the item, or as much of it as is to be looked at.
  ///   - isShown: whether a text may be offered.
  mutating func note(_ outline: JSONValue, isShown: (String) -> Bool = { _ in true }) {
    note(outline, at: [], isShown)
  }

  private mutating func note(_ value: JSONValue, at keys: [String], _ isShown: (String) -> Bool) {
    switch value {
    case .object(let record):
      guard keys.count < Self.deepest else { return }
      for (key, value) in record where !SecretNames.isSecret(key) { note(value, at: keys + [key], isShown) }
    case .string(let text, _):
      if text.utf8.count <= Self.longestText, isShown(text) { add(value, at: keys) }
    case .number, .bool: add(value, at: keys)
    case .array, .null: break
    }
  }

  private mutating func add(_ value: JSONValue, at keys: [String]) {
    guard places[keys] != nil || places.count < Self.mostPlaces else { return }
    guard places[keys]?.contains(value) != true else { return }
    places[keys, default: []].append(value)
    if places[keys]?.count == Self.mostValues + 1 { places[keys]?.removeFirst() }
  }

  /// Puts values before those that were seen.
  mutating func declare(_ values: [JSONValue], at key: String) {
    let seen = places[[key]] ?? []
    places[[key]] = values + seen.filter { !values.contains($0) }
  }

  /// The values at a place.
  subscript(keys: [String]) -> [JSONValue] { places[keys] ?? [] }

  /// What was seen within a field, as if the field were the item.
  func within(_ key: String) -> SeenValues {
    var values = SeenValues()
    for (keys, seen) in places where keys.first == key { values.places[Array(keys.dropFirst())] = seen }
    return values
  }

  /// The same as if it had stood in a field.
  func moved(to key: String) -> SeenValues {
    var values = SeenValues()
    for (keys, seen) in places { values.places[[key] + keys] = seen }
    return values
  }

  /// Both, of which the other counts where both know a place.
  func merged(with other: SeenValues) -> SeenValues {
    var values = self
    values.places.merge(other.places) { $1 }
    return values
  }
}
