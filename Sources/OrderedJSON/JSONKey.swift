/// A key of an object: the same key however it was spelled.
///
/// Keys are told apart by what they mean exactly. Two that differ only in halves of surrogate pairs have the same text,
/// U+FFFD for each half, and are two keys all the same: none gets lost.
package struct JSONKey: Sendable {
  package let text: String
  /// How the key was written, if it has escapes.
  package let spelling: JSONSpelling?
  /// What the key means, in WTF-8, if its text cannot say it.
  package let exact: [UInt8]?

  init(_ text: String, spelling: JSONSpelling? = nil, exact: [UInt8]? = nil) {
    self.text = text
    self.spelling = spelling
    self.exact = exact
  }

  /// The key as a value.
  package var value: JSONValue { .string(text, spelling: spelling) }

  /// Whether one stands before the other, by what they mean.
  package static func precedes(_ left: JSONKey, _ right: JSONKey) -> Bool {
    switch (left.exact, right.exact) {
    case (nil, nil): left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    case (let left?, nil): left.lexicographicallyPrecedes(right.text.utf8)
    case (nil, let right?): left.text.utf8.lexicographicallyPrecedes(right)
    case (let left?, let right?): left.lexicographicallyPrecedes(right)
    }
  }
}

/// By the scalars. `String` itself also takes canonically equivalent texts for equal, of which hostile text can hold any
/// number.
extension JSONKey: Hashable {
  package static func == (left: JSONKey, right: JSONKey) -> Bool {
    left.text.isIdenticalText(to: right.text) && left.exact == right.exact
  }

  package func hash(into hasher: inout Hasher) {
    if let exact { return exact.withUnsafeBytes { hasher.combine(bytes: $0) } }
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
