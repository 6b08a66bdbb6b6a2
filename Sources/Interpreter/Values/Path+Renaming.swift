import OrderedJSON

extension Path {
  /// The value with another name for the field at the path. What is not there need not be renamed.
  func renamed(in value: JSONValue, to name: String) throws(Failure) -> JSONValue {
    try Self.renamed(steps[...], in: value, to: name)
  }

  /// It goes no deeper than the value does.
  private static func renamed(
    _ steps: ArraySlice<Step>, in value: JSONValue, to name: String
  ) throws(Failure) -> JSONValue {
    guard let step = steps.first, !value.isNull else { return value }
    let rest = steps.dropFirst()
    let part: JSONValue
    do throws(PathError) { part = try step.value(in: value) } catch {
      throw Failure(.noSuchField, error.message, help: error.help)
    }
    switch (step.plain, value) {
    case (.key(let key), .object(let record)): return .object(try changed(record, key, part, rest, to: name))
    case (.index(let index), .object(let record)):
      return .object(try changed(record, String(index), part, rest, to: name))
    case (.index(let index), .array(var items)) where !rest.isEmpty:
      if !part.isNull { items[index < 0 ? items.count + index : index] = try renamed(rest, in: part, to: name) }
      return .array(items)
    case (.index(let index), .array):
      throw Failure(.badArgument, "[\(index)] is an item of a list, which has no name")
    default: return value
    }
  }

  private static func changed(
    _ record: JSONObject, _ key: String, _ part: JSONValue, _ rest: ArraySlice<Step>, to name: String
  ) throws(Failure) -> JSONObject {
    guard record[key] != nil else { return record }
    guard rest.isEmpty else {
      var record = record
      record[key] = try renamed(rest, in: part, to: name)
      return record
    }
    guard key != name else { return record }
    guard record[name] == nil else {
      throw Failure(
        .badArgument, "the record has a field '\(name)' already", help: "without \(name) leaves it out first")
    }
    return JSONObject(record.map { ($0.key == key ? name : $0.key, $0.value) })
  }
}

extension Path.Step {
  /// The step itself, optional or not.
  fileprivate var plain: Path.Step { if case .optional(let step) = self { step.plain } else { self } }
}
