#if Codable
  #if canImport(FoundationEssentials)
    public import FoundationEssentials
  #else
    public import Foundation
  #endif

  /// In capital letters, as `UUID` encodes itself.
  extension UUID: JSONRepresentable {
    public var jsonValue: JSONValue { .string(uuidString) }
  }
#endif
