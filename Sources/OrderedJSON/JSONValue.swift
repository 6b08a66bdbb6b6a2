/// Any JSON value. Objects keep the order of their keys; numbers and strings keep the exact text they came with.
public enum JSONValue: Sendable {
  /// `null`
  case null
  /// `true` or `false`
  case bool(Bool)
  /// A number, with its exact text.
  case number(JSONNumber)
  /// - spelling: how the string was written in the text it was read from, if that text has escapes. It has no part in
  ///   what the value is; it is written back as it came. An escape of half a surrogate pair (`"\ud83d"`) is U+FFFD in the
  ///   text, and only its spelling says more.
  case string(String, spelling: JSONSpelling? = nil)
  /// Values in their order.
  case array([JSONValue])
  /// Pairs in their order, each key once.
  case object(JSONObject)

  /// The deepest nesting that the parser accepts; a bare scalar has depth 0, `[]` has depth 1.
  public static let maximumDepth = 512
}

extension JSONValue {
  /// Whether this is `null`.
  public var isNull: Bool { if case .null = self { true } else { false } }
  /// The truth value; nil for every other kind.
  public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The number; nil for every other kind.
  public var numberValue: JSONNumber? { if case .number(let value) = self { value } else { nil } }
  /// The string; nil for every other kind.
  public var stringValue: String? { if case .string(let value, _) = self { value } else { nil } }
  /// The array's values; nil for every other kind.
  public var arrayValue: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  /// The object; nil for every other kind.
  public var objectValue: JSONObject? { if case .object(let value) = self { value } else { nil } }

  /// The value as a 64-bit integer, when it is a number written as one (`12`, not `12.0`) and it fits.
  public var intValue: Int? { numberValue?.int }

  /// The value of a key when this is an object that has it; nil otherwise.
  public subscript(key: String) -> JSONValue? { objectValue?[key] }

  /// The same value, holding on to no more memory than it needs.
  ///
  /// A value that was read from a large text shares that text's bytes. Code that keeps few values out of many for a
  /// long time should keep these copies instead.
  public func detached() -> JSONValue {
    switch self {
    case .object(let object): .object(object.detached())
    case .array(let items): .array(items.map { $0.detached() })
    case .null, .bool, .number, .string: self
    }
  }
}

/// Equality is exact: strings are compared by their Unicode scalars (never by canonical equivalence), numbers by
/// their text (`1` and `1.0` differ), objects without regard to the order of their keys.
extension JSONValue: Hashable {
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.string(let left, _), .string(let right, _)): left.isIdenticalText(to: right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0 as UInt8)
    case .bool(let value): hasher.combine(value)
    case .number(let value): hasher.combine(value)
    case .string(let value, _): hasher.combine(value)
    case .array(let value): hasher.combine(value)
    case .object(let value): hasher.combine(value)
    }
  }
}

/// The compact JSON text.
extension JSONValue: CustomStringConvertible {
  public var description: String { JSONWriter.compact.string(self) }
}

extension String {
  /// Whether both have the same scalars. `==` also accepts canonically equivalent ones, which JSON does not.
  package func isIdenticalText(to other: String) -> Bool {
    // Most often the lengths tell, which both know.
    guard utf8.count == other.utf8.count else { return false }
    let isIdentical = utf8.withContiguousStorageIfAvailable { bytes in
      other.utf8.withContiguousStorageIfAvailable { others in bytes.indices.allSatisfy { bytes[$0] == others[$0] } }
    }
    return isIdentical.flatMap(\.self) ?? utf8.elementsEqual(other.utf8)
  }
}
