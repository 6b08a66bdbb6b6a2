import Basics

/// The part of a text that is being read: chunks are added behind, records are taken from the front. What was taken is let
/// go with the next chunk; what values still share stays alive with them.
final class ByteBuffer {
  private(set) var bytes: [UInt8] = []
  /// Where the next record begins in `bytes`.
  private(set) var position = 0
  /// The line that `position` stands in, counted from 1.
  private(set) var line = 1
  /// Whether nothing more will be added.
  private(set) var isAtEnd = false
  /// How many bytes of the text stood before `bytes`.
  private var offsetOfBytes = 0
  private var decoder: TextDecoder

  /// A single record may not be longer, in bytes.
  static let longestRecord = 64 << 20

  /// - Parameter isUTF8: whether the text is UTF-8 for certain, since it was text before.
  init(isUTF8: Bool = false) { decoder = TextDecoder(isUTF8: isUTF8) }

  var hasRest: Bool { position < bytes.count }

  /// How many bytes of the whole text stand before an index of `bytes`.
  func offset(of index: Int) -> Int { offsetOfBytes + index }

  /// Adds a chunk behind what is left, which is then known to hold no whole record.
  func append(_ chunk: [UInt8]) throws(Failure) {
    let rest = bytes.count - position
    guard rest <= Self.longestRecord else {
      throw Failure(
        .recordTooLong, "the record in line \(line) is longer than \(Self.longestRecord >> 20) MiB")
    }
    let passedOver = decoder.markLength
    let text = decoder.decode(chunk)
    offsetOfBytes += position + decoder.markLength - passedOver
    if rest == 0 {
      bytes = text
    } else {
      if position > 0 { bytes = Array(bytes[position...]) }
      bytes.append(contentsOf: text)
    }
    position = 0
  }

  /// Notes that nothing more will be added.
  func finish() {
    bytes.append(contentsOf: decoder.finish())
    isAtEnd = true
  }

  /// Moves to an index behind the position.
  /// - Parameter lineFeeds: how many stand before it; nil to have them counted.
  func move(to index: Int, lineFeeds: Int? = nil) {
    line += lineFeeds ?? countLineFeeds(in: position..<index)
    position = index
  }

  func countLineFeeds(in range: Range<Int>) -> Int {
    var count = 0
    var start = range.lowerBound
    while let found = first(.lineFeed, in: start..<range.upperBound) {
      count += 1
      start = found + 1
    }
    return count
  }

  /// Where a byte first stands in a part of `bytes`.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
    bytes.withUnsafeBytes { buffer -> Int? in
      guard !range.isEmpty, let base = buffer.baseAddress,
        let found = memchr(base + range.lowerBound, Int32(byte), range.count)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  /// The first byte behind the white space of JSON, and moves there; nil when there is none yet.
  func skipWhitespace() -> UInt8? {
    var lineFeeds = 0
    var index = position
    while index < bytes.count, isJSONWhitespace(bytes[index]) {
      if bytes[index] == .lineFeed { lineFeeds += 1 }
      index += 1
    }
    move(to: index, lineFeeds: lineFeeds)
    return index < bytes.count ? bytes[index] : nil
  }
}
