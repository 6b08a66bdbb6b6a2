import Basics

/// Hides secrets that are known by their beginnings in what a person might show to others.
struct SecretMask: Sendable {
  private let prefixes: [[UInt8]]

  init(prefixes: [String] = []) { self.prefixes = prefixes.map { Array($0.utf8) } }

  /// The text with the part behind each prefix replaced by `…`, wherever a word begins with one.
  func masked(_ text: String) -> String {
    guard prefixes.contains(where: { TextSearch($0).first(in: text.utf8) != nil }) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let isWordStart = index == 0 || !isWordByte(bytes[index - 1])
      if isWordStart, let prefix = prefixes.first(where: { bytes[index...].starts(with: $0) }) {
        let end =
          bytes[(index + prefix.count)...].firstIndex { !isWordByte($0) && $0 != UInt8(ascii: "-") } ?? bytes.count
        if end > index + prefix.count {
          result += prefix + Array("…".utf8)
          index = end
          continue
        }
      }
      result.append(bytes[index])
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}
