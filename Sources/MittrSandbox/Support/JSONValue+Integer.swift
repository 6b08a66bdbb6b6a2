import OrderedJSON

extension JSONValue {
  /// The value when it is a whole number of at most 64 bits, also when it is written with a fraction or an exponent:
  /// `5.0` is the integer 5 to JSON Schema.
  var wholeNumber: Int? {
    guard let number = numberValue else { return nil }
    return number.int ?? Int(exactly: number.double)
  }
}
