/// One header of a request or a response. Names are compared without regard to case.
public struct HeaderField: Sendable, Hashable {
  /// The name, in any case.
  public let name: String
  /// The value, without the white space around it.
  public let value: String

  /// - Parameters:
  ///   - name: the name, in any case.
  ///   - value: the value.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether this is the header of that name.
  public func isNamed(_ name: String) -> Bool { self.name.equalsIgnoringASCIICase(name) }
}

extension String {
  func equalsIgnoringASCIICase(_ other: String) -> Bool {
    utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
  }
}

extension UInt8 {
  fileprivate var asciiLowercased: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }
}
