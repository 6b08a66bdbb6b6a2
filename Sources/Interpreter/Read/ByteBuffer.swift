#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The part of a file that is being read. What was consumed is let go; what values still share stays alive with them.
final class ByteBuffer {
  private let reader: any ChunkReader
  private(set) var bytes: [UInt8] = []
  private(set) var position = 0
  /// How many bytes of the file stood before `bytes`.
  private var offsetOfBytes = 0
  private(set) var line = 1
  private var isAtEnd = false

  /// A single record may not be longer, in bytes.
  static let longestRecord = 64 << 20

  init(_ reader: any ChunkReader) { self.reader = reader }

  /// The offset of `position` from the start of the file.
  var offset: Int { offsetOfBytes + position }

  func close() { reader.close() }

  /// The next line without its line break, and moves behind it; nil at the end of the file.
  func nextLine() throws(Failure) -> Range<Int>? {
    var searched = position
    while true {
      if let end = newline(from: searched) {
        let start = position
        position = end + 1
        line += 1
        return start..<(end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end)
      }
      let rest = bytes.count - position
      guard try readMore() else {
        guard position < bytes.count else { return nil }
        let start = position
        position = bytes.count
        return start..<position
      }
      searched = position + rest
    }
  }

  /// Everything that is left.
  func rest() throws(Failure) -> Range<Int> {
    while try readMore() {}
    defer { position = bytes.count }
    return position..<bytes.count
  }

  /// The byte under the cursor, nil at the end of the file.
  func peek() throws(Failure) -> UInt8? {
    if position >= bytes.count { guard try readMore() else { return nil } }
    return bytes[position]
  }

  func advance() {
    if bytes[position] == UInt8(ascii: "\n") { line += 1 }
    position += 1
  }

  private func newline(from start: Int) -> Int? {
    bytes.withUnsafeBytes { buffer -> Int? in
      guard start < buffer.count, let base = buffer.baseAddress,
        let found = memchr(base + start, Int32(UInt8(ascii: "\n")), buffer.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  /// Adds a chunk behind what is left; false at the end of the file.
  private func readMore() throws(Failure) -> Bool {
    guard !isAtEnd else { return false }
    let rest = bytes.count - position
    guard rest <= Self.longestRecord else {
      throw Failure("record-too-long", "line \(line) is longer than \(Self.longestRecord >> 20) MiB")
    }
    let chunk = try reader.next()
    guard !chunk.isEmpty else {
      isAtEnd = true
      return false
    }
    offsetOfBytes += position
    let isStart = offsetOfBytes + rest == 0
    bytes = rest == 0 ? chunk : Array(bytes[position...]) + chunk
    position = isStart && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return true
  }
}
