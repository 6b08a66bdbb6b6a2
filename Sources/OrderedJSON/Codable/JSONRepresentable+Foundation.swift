#if Codable
  import Basics

  #if canImport(FoundationEssentials)
    public import FoundationEssentials
  #else
    public import Foundation
  #endif

  /// ISO 8601 in UTC, with milliseconds where there are any; null outside the years 0 to 9999.
  extension Date: JSONRepresentable {
    public var jsonValue: JSONValue { InternetTime.text(self).map { .string($0) } ?? .null }
  }

  /// The number with all its digits; null for NaN.
  extension Decimal: JSONRepresentable {
    public var jsonValue: JSONValue { JSONNumber(description).map(JSONValue.number) ?? .null }
  }

  /// The absolute text.
  extension URL: JSONRepresentable {
    public var jsonValue: JSONValue { .string(absoluteString) }
  }

  /// Base64.
  extension Data: JSONRepresentable {
    public var jsonValue: JSONValue { .string(Base64.text(self)) }
  }
#endif
