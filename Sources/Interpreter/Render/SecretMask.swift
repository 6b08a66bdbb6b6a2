import Basics

/// Hides API keys and webhook secrets in what a person might show to others.
public enum SecretMask {
  private static let prefixes = ["whsec_", "mtr_"].map { Array($0.utf8) }

  /// The text with the part behind `whsec_` and `mtr_` replaced by `…`, wherever such a word begins.
  public static func masked(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
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
