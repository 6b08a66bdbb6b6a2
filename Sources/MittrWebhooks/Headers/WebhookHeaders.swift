public import HTTPTypes

/// The header fields of a request, in whatever form a framework hands them over.
///
/// `HTTPFields`, `[String: String]`, `[String: [String]]`, `KeyValuePairs` and arrays of name and value conform. What
/// takes headers also takes any sequence of elements `(name: String, value: String)`, such as the `HTTPHeaders` of
/// SwiftNIO, AsyncHTTPClient and Vapor. Another type needs one function:
/// ```swift
/// extension MyHeaders: WebhookHeaders {
///   static func forEachField(of headers: MyHeaders, _ visit: (String, String) -> Void) {
///     for field in headers.fields { visit(field.name, field.value) }
///   }
/// }
/// ```
public protocol WebhookHeaders {
  /// Calls `visit` with the name and the value of each field; a field that comes twice is visited twice.
  ///
  /// Names may be in any case. Values must be what was received, neither trimmed nor joined.
  ///
  /// It is static so that no dictionary and no array gets one more method where this module is imported.
  /// - Parameters:
  ///   - headers: the fields to visit.
  ///   - visit: is called once for each field, in order.
  static func forEachField(of headers: Self, _ visit: (_ name: String, _ value: String) -> Void)
}

extension HTTPFields: WebhookHeaders {
  /// Visits each field under its canonical name, in order.
  public static func forEachField(of headers: HTTPFields, _ visit: (_ name: String, _ value: String) -> Void) {
    for field in headers { visit(field.name.canonicalName, field.value) }
  }
}

extension Dictionary: WebhookHeaders where Key == String, Value: WebhookHeaderValues {
  /// Visits each value of each name, the names in any order.
  public static func forEachField(of headers: Self, _ visit: (_ name: String, _ value: String) -> Void) {
    for (name, values) in headers { Value.forEachValue(of: values) { visit(name, $0) } }
  }
}

extension KeyValuePairs: WebhookHeaders where Key == String, Value: WebhookHeaderValues {
  /// Visits each value of each name, in order.
  public static func forEachField(of headers: Self, _ visit: (_ name: String, _ value: String) -> Void) {
    for (name, values) in headers { Value.forEachValue(of: values) { visit(name, $0) } }
  }
}

extension Array: WebhookHeaders where Element == (String, String) {
  /// Visits each name with its value, in order.
  public static func forEachField(of headers: Self, _ visit: (_ name: String, _ value: String) -> Void) {
    for (name, value) in headers { visit(name, value) }
  }
}

/// What a dictionary may hold for one header name: a string, or the list of the values of a repeated header.
///
/// `String` and `[String]` conform, so that `["x-mittr-timestamp": "1706123456"]` and
/// `["x-mittr-timestamp": ["1706123456"]]` are headers.
public protocol WebhookHeaderValues {
  /// Calls `visit` with each value, in order.
  /// - Parameters:
  ///   - values: the values to visit.
  ///   - visit: is called once for each value.
  static func forEachValue(of values: Self, _ visit: (String) -> Void)
}

extension String: WebhookHeaderValues {
  /// Visits the string itself.
  public static func forEachValue(of values: String, _ visit: (String) -> Void) { visit(values) }
}

extension Array: WebhookHeaderValues where Element == String {
  /// Visits each string, in order.
  public static func forEachValue(of values: [String], _ visit: (String) -> Void) {
    for value in values { visit(value) }
  }
}

/// A sequence of labelled names and values, as headers. It is one type for all of them, since Swift lets no protocol
/// conform to another one.
struct NamedFields<Fields: Sequence<(name: String, value: String)>>: WebhookHeaders {
  let fields: Fields

  init(_ fields: Fields) { self.fields = fields }

  static func forEachField(of headers: Self, _ visit: (_ name: String, _ value: String) -> Void) {
    for (name, value) in headers.fields { visit(name, value) }
  }
}

extension WebhookHeaders {
  /// All fields, in order.
  var fields: [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    Self.forEachField(of: self) { fields.append(($0, $1)) }
    return fields
  }
}
