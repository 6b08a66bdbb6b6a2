import Basics

extension String {
  /// The text as one path segment or one part of a query: all but letters, digits and `-._~` is percent-encoded.
  var percentEncoded: String { PercentCoding.encoded(self) }

  /// The text as a whole path, maybe with a query: what has a meaning there stays, and so does what is already encoded.
  var percentEncodedPath: String {
    PercentCoding.encoded(self) { $0.isUnreserved || "/%?:@!$&'()*+,;=[]".utf8.contains($0) }
  }
}

extension UInt8 {
  /// A letter, a digit or one of `-._~`.
  var isUnreserved: Bool { PercentCoding.isUnreserved(self) }
}
