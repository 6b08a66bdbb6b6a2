import OrderedJSON

extension Call {
  /// Hands on the numbers that a key has of each item, or the items themselves, with the key's position. Null, which
  /// stands for a number that is missing, is passed over; any other value is an error that says which item has it.
  /// - Parameter verb: what the command does with numbers, as in `'sum' adds numbers`.
  func forEachNumber(
    _ keys: BoundKeys, _ verb: String = "takes", _ body: (_ column: Int, JSONNumber) throws(Failure) -> Void
  ) async throws(Interruption) {
    let input = requiredInput
    var place = 0
    while let item = try await input.next() {
      place += 1
      if keys.count < 2 {
        try take(try await keys.value(for: item), 0, keys, verb, item, place, body)
      } else {
        for (column, value) in try await keys.values(for: item).enumerated() {
          try take(value, column, keys, verb, item, place, body)
        }
      }
    }
  }

  private func take(
    _ value: JSONValue, _ column: Int, _ keys: BoundKeys, _ verb: String, _ item: JSONValue, _ place: Int,
    _ body: (_ column: Int, JSONNumber) throws(Failure) -> Void
  ) throws(Interruption) {
    let span = keys.span(of: column)
    do throws(Failure) {
      switch value {
      case .null: break
      case .number(let number): try body(column, number)
      default:
        throw Failure(
          .typeMismatch, "'\(name)' \(verb) numbers, got \(value.kindWithArticle)\(value.shown(of: item, place))",
          help: numberHelp(value, keys.text(of: column)))
      }
    } catch {
      throw .failure((span.map { error.located(at: $0) } ?? error).about(item, number: place))
    }
  }

  private func numberHelp(_ value: JSONValue, _ key: String) -> String? {
    if case .string(let text, _) = value, JSONNumber(text) != nil { return "as a number: (\(key) | parse number)" }
    if case .object = value, key == "." { return "for a field: \(name) .field" }
    return nil
  }

  /// All numbers, as `forEachNumber` finds them.
  func numbers(_ keys: BoundKeys) async throws(Interruption) -> [JSONNumber] {
    var numbers: [JSONNumber] = []
    try await forEachNumber(keys) { _, number throws(Failure) in numbers.append(number) }
    return numbers
  }

  /// One value for one number, a stream for a stream; null stays null.
  func eachNumber(
    _ transform: @escaping (JSONNumber) throws(Failure) -> JSONValue
  ) async throws(Interruption) -> Output {
    let name = name
    var place = 0
    return try await eachItem { item throws(Interruption) in
      place += 1
      switch item {
      case .null: return .null
      case .number(let number): return try Interruption.rethrowing { () throws(Failure) in try transform(number) }
      default:
        let isNumber = item.stringValue.map { JSONNumber($0) != nil } ?? false
        throw .failure(
          Failure(
            .typeMismatch, "'\(name)' takes numbers, got \(item.kindWithArticle)\(item.shown(of: item, place))",
            help: isNumber ? "as a number: parse number | \(name)" : nil))
      }
    }
  }

  /// Warns that texts were compared that would stand otherwise as the numbers that they look like.
  /// - Parameter parse: what makes numbers of them.
  func warnAboutNumberTexts(_ keys: BoundKeys, sign: String = "", parse: String = "parse number") {
    let key = keys.text(of: 0).dropFirst(sign.utf8.count)
    warn(
      .numberText, "'\(name)' compares texts here that look like numbers", at: keys.span(of: 0) ?? nameSpan,
      help: "as numbers: \(name) \(sign)(\(key) | \(parse))")
  }

  /// The quotient of two numbers that a command has made.
  func quotient(_ dividend: JSONNumber, _ divisor: JSONNumber) throws(Interruption) -> JSONNumber {
    do throws(Number.ArithmeticError) {
      return try Number.compute(.divide, dividend, divisor)
    } catch {
      throw .failure(Failure(.overflow, "\(dividend.text) / \(divisor.text) is out of range"))
    }
  }
}

extension JSONValue {
  /// What an error says of a value behind its kind: the value, where it is short, and which item has it.
  func shown(of item: JSONValue, _ place: Int) -> String {
    var text = ""
    if case .string(let own, _) = self, own.utf8.count <= 40 { text = " '\(own)'" }
    text += ", in item \(place)"
    if case .string(let id, _)? = item["id"], id.utf8.count <= 60 { text += " (\(id))" }
    return text
  }
}
