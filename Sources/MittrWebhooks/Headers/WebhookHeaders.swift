public import HTTPTypes

/// The names of the headers that carry a delivery's signature, as the platform writes them.
public enum WebhookHeaderName {
  /// Unix seconds, in decimal.
  public static let timestamp = "X-Mittr-Timestamp"
  /// `v1=` and 64 lowercase hexadecimal digits.
  public static let signature = "X-Mittr-Signature"
}

/// The header fields of a request, in whatever form a framework hands them over.
///
/// `HTTPFields`, `[String: String]`, `[String: [String]]` and arrays of name and value conform. Another type needs one
/// method:
///
///     extension MyHeaders: WebhookHeaders {
///       public func forEachField(_ visit: (String, String) -> Void) {
///         for field in fields { visit(field.name, field.value) }
///       }
///     }
public protocol WebhookHeaders {
  /// Calls `visit` with the name and the value of each field; a field that comes twice is visited twice.
  ///
  /// Names may be in any case. Values must be what was received, neither trimmed nor joined.
  func forEachField(_ visit: (_ name: String, _ value: String) -> Void)
}

extension HTTPFields: WebhookHeaders {
  public func forEachField(_ visit: (_ name: String, _ value: String) -> Void) {
    for index in indices { visit(self[index].name.canonicalName, self[index].value) }
  }
}

extension Dictionary: WebhookHeaders where Key == String, Value: WebhookHeaderValues {
  public func forEachField(_ visit: (_ name: String, _ value: String) -> Void) {
    for (name, values) in self { values.forEachValue { visit(name, $0) } }
  }
}

extension Array: WebhookHeaders where Element == (String, String) {
  public func forEachField(_ visit: (_ name: String, _ value: String) -> Void) {
    for (name, value) in self { visit(name, value) }
  }
}

/// What a dictionary may hold for one header name: a string, or the list of the values of a repeated header.
public protocol WebhookHeaderValues {
  /// Calls `visit` with each value, in order.
  func forEachValue(_ visit: (String) -> Void)
}

extension String: WebhookHeaderValues {
  public func forEachValue(_ visit: (String) -> Void) { visit(self) }
}

extension Array: WebhookHeaderValues where Element == String {
  public func forEachValue(_ visit: (String) -> Void) {
    for value in self { visit(value) }
  }
}
