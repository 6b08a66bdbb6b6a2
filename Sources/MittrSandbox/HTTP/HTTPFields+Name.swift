import HTTPTypes

extension HTTPFields {
  /// The value of a header that is named by text; several are joined. A text that is no name has no value.
  subscript(named name: String) -> String? {
    get { HTTPField.Name(name).flatMap { self[$0] } }
    set { if let name = HTTPField.Name(name) { self[name] = newValue } }
  }
}
