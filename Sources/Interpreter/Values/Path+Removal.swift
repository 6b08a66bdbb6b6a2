import OrderedJSON

extension Path {
  /// The value without the field at the path. What is not there need not be removed.
  /// - Throws: where `value(in:)` does, and when the path leads to an item of a list, which is no field.
  func removed(from value: JSONValue) throws(PathError) -> JSONValue {
    try Self.removed(steps[...], from: value)
  }

  /// It goes no deeper than the value does.
  private static func removed(_ steps: ArraySlice<Step>, from value: JSONValue) throws(PathError) -> JSONValue {
    guard let step = steps.first, !value.isNull else { return value }
    let rest = steps.dropFirst()
    let part = try step.value(in: value)
    if !rest.isEmpty, part.isNull { return value }
    switch (step.required, value) {
    case (.key(let key), .object(let record)):
      return .object(try changed(record, key, rest))
    case (.index(let index), .object(let record)):
      return .object(try changed(record, String(index), rest))
    case (.index(let index), .array(var items)) where !rest.isEmpty:
      items[index < 0 ? items.count + index : index] = try removed(rest, from: part)
      return .array(items)
    case (.index(let index), .array):
      throw PathError(message: "[\(index)] is an item of a list, not a field")
    default: return value
    }
  }

  private static func changed(
    _ record: JSONObject, _ key: String, _ rest: ArraySlice<Step>
  ) throws(PathError) -> JSONObject {
    // A record that is not changed stays the text that it was read from.
    guard let part = record[key] else { return record }
    var record = record
    // A literal nil would be the value null.
    let changed: JSONValue? = if rest.isEmpty { .none } else { try removed(rest, from: part) }
    record[key] = changed
    return record
  }
}

extension Path.Step {
  /// The step itself, optional or not.
  fileprivate var required: Path.Step { if case .optional(let step) = self { step.required } else { self } }
}
