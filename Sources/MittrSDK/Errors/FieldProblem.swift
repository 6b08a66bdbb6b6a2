import OrderedJSON

/// What the server finds wrong with one field of a request.
public struct FieldProblem: Sendable, Hashable {
  /// Where it is, such as `payload` or `filter[0].operator`; nil when the server does not say.
  public let field: String?
  /// What is wrong, in the server's words; empty when it does not say.
  public let message: String

  /// A problem for tests of what is made of one.
  public init(field: String?, message: String) {
    self.field = field
    self.message = message
  }
}

extension FieldProblem: CustomStringConvertible {
  /// `field: message`, as it came: escape it before a terminal sees it.
  public var description: String {
    [field, message].compactMap { $0?.isEmpty == false ? $0 : nil }.joined(separator: ": ")
  }
}

extension MittrError {
  /// What the server's `details` say of single fields; empty when they say nothing of that kind.
  ///
  /// Read are the usual shapes: an object that names its `field` (or `path`), a list of such objects or of texts, an object
  /// of messages by field, and each of these inside `errors` or `issues`.
  /// ```swift
  /// for problem in error.problems { print(problem.field ?? "?", problem.message) }
  /// ```
  /// Only a refusal of what was sent (400, 422) has any: other details are no messages about fields.
  public var problems: [FieldProblem] {
    guard let details, [nil, 400, 422].contains(status) else { return [] }
    return FieldProblem.all(in: details, message: message, depth: 0)
  }
}

extension FieldProblem {
  private static let maximumCount = 1000

  fileprivate static func all(in details: JSONValue, message: String, depth: Int) -> [FieldProblem] {
    switch details {
    case .array(let items): return items.prefix(maximumCount).compactMap { FieldProblem(item: $0) }
    case .object(let object):
      if let field = field(of: object) { return [FieldProblem(field: field, message: text(of: object) ?? message)] }
      for name in ["errors", "issues", "problems", "fieldErrors"] {
        guard depth < 2, let inner = object[name] else { continue }
        return all(in: inner, message: message, depth: depth + 1)
      }
      return object.prefix(maximumCount).flatMap { name, value in
        messages(in: value).map { FieldProblem(field: name, message: $0) }
      }
    case .null, .bool, .number, .string: return []
    }
  }

  private init?(item: JSONValue) {
    switch item {
    case .string(let text, _): self.init(field: nil, message: text)
    case .object(let object):
      let (field, text) = (Self.field(of: object), Self.text(of: object))
      guard field != nil || text != nil else { return nil }
      self.init(field: field, message: text ?? "")
    case .null, .bool, .number, .array: return nil
    }
  }

  private static func field(of object: JSONObject) -> String? {
    switch object["field"] ?? object["path"] {
    case .string(let text, _)?: text
    case .array(let parts)?: path(parts)
    default: nil
    }
  }

  /// `["filter", 0, "operator"]` as `filter[0].operator`.
  private static func path(_ parts: [JSONValue]) -> String {
    parts.reduce("") { path, part in
      switch part {
      case .number(let number): "\(path)[\(number.text)]"
      case .string(let text, _): path.isEmpty ? text : "\(path).\(text)"
      default: path
      }
    }
  }

  private static func text(of object: JSONObject) -> String? {
    ["message", "error", "reason"].lazy.compactMap { object[$0]?.stringValue }.first
  }

  private static func messages(in value: JSONValue) -> [String] {
    if let text = value.stringValue { return [text] }
    return value.arrayValue?.compactMap(\.stringValue) ?? []
  }
}
