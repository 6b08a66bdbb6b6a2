import OrderedJSON

extension ParameterKind where Wrapped == [JSONValue] {
  /// A list.
  static var list: ParameterKind {
    ParameterKind(.value) { value throws(ConversionError) in
      guard case .array(let items) = value else { throw .expected("a list", got: value) }
      return items
    }
  }
}
