#if Codable
  package import Basics

  #if canImport(FoundationEssentials)
    package import FoundationEssentials
  #else
    package import Foundation
  #endif

  extension Date: JSONScalar {
    func json(_ options: JSONValueEncoder) throws(JSONScalarProblem) -> JSONValue {
      switch options.dateFormat.kind {
      case .iso8601:
        guard let text = InternetTime.text(self) else { throw .unusable("ISO 8601 has the years 0 to 9999 only") }
        return .string(text)
      case .secondsSince1970: return try timeIntervalSince1970.json(options)
      case .millisecondsSince1970: return try (timeIntervalSince1970 * 1000).json(options)
      }
    }

    static func read(_ json: JSONValue, _ options: JSONValueDecoder) throws(JSONScalarProblem) -> Date {
      switch options.dateFormat.kind {
      case .iso8601:
        guard let text = json.stringValue else { throw .expected("an ISO 8601 date", json) }
        guard let date = InternetTime.date(text) else {
          throw .unusable("expected an ISO 8601 date such as 2026-11-23T16:26:00Z")
        }
        return date
      case .secondsSince1970: return Date(timeIntervalSince1970: try Double.read(json, options))
      case .millisecondsSince1970: return Date(timeIntervalSince1970: try Double.read(json, options) / 1000)
      }
    }
  }

  extension InternetTime {
    /// ISO 8601 in UTC, with milliseconds where there are any; nil outside the years 0 to 9999.
    package static func text(_ date: Date) -> String? {
      let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
      guard let milliseconds = Int(exactly: milliseconds), range.contains(milliseconds) else { return nil }
      let text = text(milliseconds)
      return milliseconds.modulo(1000) == 0 ? text.dropLast(5) + "Z" : text
    }

    /// The time of a text as `milliseconds(_:)` reads it, with what is finer than a millisecond; nil for any other text.
    package static func date(_ text: String) -> Date? {
      guard let milliseconds = milliseconds(text) else { return nil }
      let whole = milliseconds - milliseconds.modulo(1000)
      let digits = text.utf8.firstIndex(of: UInt8(ascii: ".")).map {
        text.utf8[$0...].dropFirst().prefix { isDigit($0) }
      }
      let fraction = digits.flatMap { Double("0.\(Substring($0))") } ?? 0
      return Date(timeIntervalSince1970: Double(whole / 1000) + fraction)
    }
  }

  extension Decimal: JSONScalar {
    func json(_ options: JSONValueEncoder) throws(JSONScalarProblem) -> JSONValue {
      guard let number = JSONNumber(description) else { throw .unusable("JSON has no \(self)") }
      return .number(number)
    }

    static func read(_ json: JSONValue, _ options: JSONValueDecoder) throws(JSONScalarProblem) -> Decimal {
      guard let number = json.numberValue else { throw .expected("a number", json) }
      guard let value = number.decimal else { throw .unusable("Decimal does not hold all digits of the number") }
      return value
    }
  }

  extension JSONNumber {
    /// The value with all its digits; nil where a `Decimal` cannot hold them.
    var decimal: Decimal? {
      guard let value = Decimal(string: text), let written = JSONNumber(value.description),
        let digits = SignificantDigits(self), SignificantDigits(written) == digits
      else { return nil }
      return value
    }
  }

  extension URL: JSONScalar {
    func json(_ options: JSONValueEncoder) -> JSONValue { .string(absoluteString) }

    static func read(_ json: JSONValue, _ options: JSONValueDecoder) throws(JSONScalarProblem) -> URL {
      guard let text = json.stringValue else { throw .expected("a URL", json) }
      guard let url = URL(string: text) else { throw .unusable("the text is no URL") }
      return url
    }
  }

  extension Data: JSONScalar {
    func json(_ options: JSONValueEncoder) -> JSONValue { .string(Base64.text(self)) }

    static func read(_ json: JSONValue, _ options: JSONValueDecoder) throws(JSONScalarProblem) -> Data {
      guard let text = json.stringValue else { throw .expected("base64", json) }
      if text.isEmpty { return Data() }
      guard let bytes = Base64.decoded(Array(text.utf8)) else { throw .unusable("the text is no base64") }
      return Data(bytes)
    }
  }
#endif
