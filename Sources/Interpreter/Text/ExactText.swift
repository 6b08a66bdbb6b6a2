import OrderedJSON

/// Text as a key of sets and dictionaries, by its scalars. `String` itself also takes canonically equivalent texts for
/// equal, which JSON does not.
struct ExactText: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactText, right: ExactText) -> Bool { left.text.isIdenticalText(to: right.text) }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
