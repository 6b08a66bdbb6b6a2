public import OrderedJSON

/// The language's values are JSON's: null, boolean, number, string, list and record.
public typealias Value = JSONValue

extension JSONValue {
  /// Only `false` and `null` are false.
  public var isTrue: Bool {
    switch self {
    case .null, .bool(false): false
    default: true
    }
  }

  /// The name of the value's kind, as messages say it.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "list"
    case .object: "record"
    }
  }

  /// The deepest nesting that the language builds. Text that was parsed counts as one level: its own depth is bounded.
  static let deepestNesting = 512
  /// The longest string, in bytes; as much as a file that is read whole may hold.
  static let longestText = 1 << 30
  /// How many items a list may have.
  static let longestList = 1 << 26

  /// Whether lists and records nest more deeply than `limit`.
  func isNested(deeperThan limit: Int) -> Bool {
    switch self {
    case .array(let items): limit <= 0 || items.contains { $0.isNested(deeperThan: limit - 1) }
    case .object(let object):
      limit <= 0 || object.isBuilt && object.contains { $0.value.isNested(deeperThan: limit - 1) }
    case .null, .bool, .number, .string: false
    }
  }

  /// The name of the value's kind within a sentence: `a record`, `null`.
  public var kindWithArticle: String { isNull ? "null" : "a \(kindName)" }

  /// How the value reads within text: a string raw, everything else as compact JSON.
  public var text: String {
    if case .string(let string, _) = self { string } else { JSONWriter.compact.string(self) }
  }
}

extension Failure {
  static func nestedTooDeeply(at span: SourceSpan?) -> Failure {
    Failure(.tooDeep, "lists and records nest more than \(JSONValue.deepestNesting) levels deep", at: span)
  }

  static var tooLongText: Failure {
    Failure(.tooLarge, "a string would be longer than \(JSONValue.longestText >> 20) MiB")
  }

  /// What keeps items takes no more than a list may have.
  static func tooManyHeld(_ most: Int, at span: SourceSpan?) -> Failure {
    Failure(.tooLarge, "more than \(most) items would be held", at: span, help: "where or first N lets fewer through")
  }
}
