import OrderedJSON

/// What is known of a value before there is one, by static inference: as a value or as items.
struct Shape {
  /// Outlines of such values, or of its items.
  var samples: [JSONValue] = []
  /// Fields that its kind declares.
  var columns: [String] = []
  /// Whether it is a list or a stream, and `samples` are like its items.
  var isList = false
  /// The scalars that are known to stand in it, or in its items.
  var values = SeenValues()

  static let unknown = Shape()
  /// What `catch` binds.
  static let error = Shape(columns: ["code", "message", "status", "details"])

  /// One such value, null where none is known.
  var sample: JSONValue {
    guard let first = samples.first else { return .null }
    return isList ? .array([first]) : first
  }

  /// Its items, as a command behind a pipe gets them.
  var items: Shape {
    if isList { return Shape(samples: samples, columns: columns, values: values) }
    let items = samples.flatMap { sample in sample.arrayValue ?? [sample] }
    return Shape(samples: items, columns: columns, values: values)
  }

  func value(at path: Path) -> Shape { path.steps.reduce(self) { $0.value(at: $1) } }

  /// What the steps of a path lead to, as far as they are constant.
  func value(at steps: [PathStep]) -> Shape {
    var value = self
    for step in steps {
      guard let step = step.plain else { return .unknown }
      value = value.value(at: step)
    }
    return value
  }

  private func value(at step: Path.Step) -> Shape {
    switch step {
    case .key(let key): value(forKey: key)
    case .index(let index): value(at: index)
    case .optional(let step): value(at: step)
    }
  }

  private func value(forKey key: String) -> Shape {
    guard !isList else { return .unknown }
    return Shape(samples: samples.compactMap { $0[key] }, values: values.within(key))
  }

  /// Any item of a list: of a long list only the first ones are known.
  private func value(at index: Int) -> Shape {
    if isList { return Shape(samples: samples, columns: columns, values: values) }
    let items = samples.compactMap { $0.arrayValue }
    let exact = items.compactMap { $0.indices.contains(index) ? $0[index] : nil }
    return Shape(samples: exact.isEmpty ? items.flatMap { $0 } : exact)
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
