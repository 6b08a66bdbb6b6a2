/// Which variables may change after they were bound, as far as that can be read off a text: those that a `set` names.
/// All others have one value for as long as a pipeline that uses them runs.
struct MutatedVariables: Sendable {
  private var names: Set<String> = []
  /// A file that is read while a block runs may set whatever it likes.
  private var isAnyPossible = false

  func includes(_ name: String) -> Bool { isAnyPossible || names.contains(name) }

  mutating func insert(_ name: String) { names.insert(name) }
  mutating func insertAny() { isAnyPossible = true }

  mutating func formUnion(_ other: MutatedVariables) {
    names.formUnion(other.names)
    isAnyPossible = isAnyPossible || other.isAnyPossible
  }
}
