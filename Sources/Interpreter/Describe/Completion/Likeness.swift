import OrderedJSON

/// What is known of a value before there is one: what it looks like, as a value or as items.
struct Likeness {
  /// Outlines of such values, or of its items.
  var samples: [JSONValue] = []
  /// Fields that its kind declares.
  var columns: [String] = []
  /// Whether it is a list or a stream, and `samples` are like its items.
  var isList = false

  static let unknown = Likeness()

  /// Its items, as a command behind a pipe gets them.
  var items: Likeness {
    if isList { return Likeness(samples: samples, columns: columns) }
    let items = samples.flatMap { sample in sample.arrayValue ?? [sample] }
    return Likeness(samples: items, columns: columns)
  }

  func value(forKey key: String) -> Likeness {
    guard !isList else { return .unknown }
    return Likeness(samples: samples.compactMap { $0[key] })
  }

  /// An item of a list, whichever: of a long list only the first ones are known.
  func value(at index: Int) -> Likeness {
    if isList { return Likeness(samples: samples, columns: columns) }
    let items = samples.compactMap { $0.arrayValue }
    let exact = items.compactMap { $0.indices.contains(index) ? $0[index] : nil }
    return Likeness(samples: exact.isEmpty ? items.flatMap { $0 } : exact)
  }

  private static var mostKeys: Int { 1000 }

  /// The keys that it has or may have, each once, and a value for those that were seen.
  var fields: [(name: String, value: JSONValue?)] {
    guard !isList else { return [] }
    var fields: [(name: String, value: JSONValue?)] = []
    var places: [ExactText: Int] = [:]
    for case .object(let record) in samples {
      for (key, value) in record where fields.count < Self.mostKeys {
        if let place = places[ExactText(key)] {
          if fields[place].value?.isContainer != true { fields[place].value = value }
        } else {
          places[ExactText(key)] = fields.count
          fields.append((key, value))
        }
      }
    }
    for column in columns where places[ExactText(column)] == nil { fields.append((column, nil)) }
    return fields
  }
}
