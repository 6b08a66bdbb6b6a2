import Basics

/// A script, a `-c` text or a line at the prompt, under the name that diagnostics show.
public final class SourceText: Sendable {
  public let name: String
  /// Of a file, as it is named; nil for what is none.
  public let path: String?
  public let bytes: [UInt8]

  /// - Parameters:
  ///   - name: what stands before the line number in a diagnostic, such as a file's name.
  ///   - path: what `$script` tells, and what `source` in it starts from.
  ///   - bytes: UTF-8, or UTF-16 with a byte order mark. A mark in front is no part of the text.
  public init(name: String, path: String? = nil, bytes: [UInt8]) {
    self.name = name
    self.path = path
    self.bytes = TextDecoder.decoded(bytes)
  }

  public convenience init(name: String, path: String? = nil, text: String) {
    self.init(name: name, path: path, bytes: Array(text.utf8))
  }

  /// The folder of a file, without the last slash.
  var folder: String? {
    guard let path else { return nil }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What a file's name in this text leads to: from the text's own folder on, unless it says from where.
  func resolved(_ name: String) -> String {
    guard let folder, folder != ".", !name.hasPrefix("/"), !name.hasPrefix("~") else { return name }
    var name = name[...]
    while name.hasPrefix("./") { name = name.dropFirst(2) }
    return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
  }

  public func text(_ span: SourceSpan) -> String {
    String(decoding: bytes[min(span.start, bytes.count)..<min(span.end, bytes.count)], as: UTF8.self)
  }

  /// The last `limit` bytes of a piece, from the start of a character on.
  func tail(_ span: SourceSpan, limit: Int) -> SourceSpan {
    var start = max(span.start, span.end - limit)
    while start < span.end, bytes[start] & 0xC0 == 0x80 { start += 1 }
    return SourceSpan(start, span.end)
  }

  /// The first `limit` bytes of a piece, up to the end of a character.
  func head(_ span: SourceSpan, limit: Int) -> SourceSpan {
    var end = min(span.end, span.start + limit)
    while end > span.start, end < span.end, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return SourceSpan(span.start, end)
  }

  /// A place for people: line and column count from 1, the column in Unicode scalars.
  public struct Position: Sendable, Hashable {
    public let line: Int
    public let column: Int
    /// The UTF-8 offsets of the line, without its line break.
    public let lineSpan: SourceSpan
  }

  public func position(of offset: Int) -> Position {
    let offset = min(max(0, offset), bytes.count)
    let before = bytes[..<offset]
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    var end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return Position(
      line: 1 + before.count { $0 == UInt8(ascii: "\n") },
      column: 1 + bytes[start..<offset].count { $0 & 0xC0 != 0x80 },
      lineSpan: SourceSpan(start, end))
  }
}
