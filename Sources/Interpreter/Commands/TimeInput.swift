import OrderedJSON

extension Call {
  /// One value for one time, a stream for a stream. A time is seconds since 1970 or a text as `InternetTime` reads it; null
  /// stays null.
  func eachTime(
    _ transform: @escaping (ZonedTime) throws(Failure) -> JSONValue
  ) async throws(Interruption) -> Output {
    let name = name
    return try await eachItem { item throws(Interruption) in
      if item.isNull { return .null }
      return try Interruption.rethrowing { () throws(Failure) in try transform(try Self.time(item, for: name)) }
    }
  }

  private static func time(_ item: JSONValue, for name: String) throws(Failure) -> ZonedTime {
    switch item {
    case .number(let number):
      guard let time = ZonedTime(number) else { throw .outOfTime }
      return time
    case .string(let text, _):
      guard let time = ZonedTime(text) else {
        let shown = text.count <= 40 ? text : text.prefix(40) + "…"
        throw Failure(
          .badText, "'\(shown)' is not a time such as 2026-01-31T12:00:00Z",
          help: "a time has Z or an offset behind it; a number is seconds since 1970")
      }
      return time
    default:
      throw Failure(
        .typeMismatch, "'\(name)' takes a time, a text or a number, got \(item.kindWithArticle)")
    }
  }

  /// One text for one text or number, which is taken as it is written. Null stays null.
  func eachTextOrNumber(
    _ transform: @escaping (String) -> String
  ) async throws(Interruption) -> Output {
    let name = name
    return try await eachItem { item throws(Interruption) in
      switch item {
      case .string(let text, _): return .string(transform(text))
      case .number(let number): return .string(transform(number.text))
      case .null: return .null
      default: throw .failure(Failure(.typeMismatch, "'\(name)' takes text, got \(item.kindWithArticle)"))
      }
    }
  }
}

extension Failure {
  static var outOfTime: Failure { Failure(.overflow, "the time is not in the years 0 to 9999") }
}
