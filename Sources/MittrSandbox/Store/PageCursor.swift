/// Where a page of a list ended: the key of its last row, never an offset, so that rows which come or go in between
/// make the next page neither skip nor repeat anything.
struct PageCursor: Sendable, Hashable {
  let createdAt: Int64
  let sequence: Int64

  init(createdAt: Int64, sequence: Int64) {
    self.createdAt = createdAt
    self.sequence = sequence
  }

  /// Reads a cursor that `text` gave; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "c", let createdAt = Int64(parts[1], radix: 36),
      let sequence = Int64(parts[2], radix: 36), sequence > 0
    else { return nil }
    self.init(createdAt: createdAt, sequence: sequence)
    guard self.text == text else { return nil }
  }

  /// Opaque to clients.
  var text: String { "c_\(String(createdAt, radix: 36))_\(String(sequence, radix: 36))" }
}
