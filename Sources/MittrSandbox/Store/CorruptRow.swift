/// A row holds what no sandbox wrote.
struct CorruptRow: Error {
  let table: String
}
