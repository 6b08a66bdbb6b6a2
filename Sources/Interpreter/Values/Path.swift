public import OrderedJSON

/// A way into a value with nothing to compute: `.payload.items[0].sku`.
public struct Path: Sendable, Hashable {
  public enum Step: Sendable, Hashable {
    case key(String)
    case index(Int)
    /// The step in front and this one are null, not an error, where the value is a string, a number or a boolean
    /// (`.a?.b`). A key of a list is an error all the same.
    indirect case optional(Step)
  }

  public let steps: [Step]
  /// As written, without the leading dot: the column's name in `select`.
  public let text: String

  public init(_ steps: [Step], text: String) {
    self.steps = steps
    self.text = text
  }

  /// The first key that is asked of the item itself.
  var firstKey: String? {
    switch steps.first {
    case .key(let key)?, .optional(.key(let key))?: key
    default: nil
    }
  }

  /// The value at the path. A missing key and an index past the end are null.
  /// - Throws: a message when a key is asked of a string, number or boolean, or an index of what is no list.
  public func value(in value: JSONValue) throws(PathError) -> JSONValue {
    var value = value
    for step in steps { value = try step.value(in: value) }
    return value
  }
}

/// Why a step leads nowhere: the value it was asked of is not a record or a list.
public struct PathError: Error, Sendable {
  public let message: String
  /// What to do about it, where that is known.
  public let help: String?
  /// Whether a `?` behind the step makes it null instead.
  let canBeNull: Bool

  init(message: String, help: String? = nil, canBeNull: Bool = true) {
    self.message = message
    self.help = help
    self.canBeNull = canBeNull
  }
}

extension Path.Step {
  func value(in value: JSONValue) throws(PathError) -> JSONValue {
    switch (self, value) {
    case (_, .null): return .null
    case (.optional(let step), _):
      do throws(PathError) {
        return try step.value(in: value)
      } catch {
        guard error.canBeNull else { throw error }
        return .null
      }
    case (.key(let key), .object(let object)): return object[key] ?? .null
    case (.index(let index), .array(let items)):
      let position = index < 0 ? items.count + index : index
      return items.indices.contains(position) ? items[position] : .null
    // `.0` of a record is the key "0".
    case (.index(let index), .object(let object)): return object[String(index)] ?? .null
    case (.key(let key), .array):
      // Null would hide that there are items to go through.
      throw PathError(message: "a list has no key '\(key)'", help: "it is a list: [0], or | one", canBeNull: false)
    case (.key(let key), _): throw PathError(message: "\(value.kindWithArticle) has no key '\(key)'")
    case (.index(let index), _): throw PathError(message: "\(value.kindWithArticle) has no index \(index)")
    }
  }
}
