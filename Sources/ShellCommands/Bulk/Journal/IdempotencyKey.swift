import Crypto
import OrderedJSON

/// The keys under which events are sent.
enum IdempotencyKey {
  /// What keys made here begin with.
  static let prefix = "mittr-"

  /// The key of the nth event with a body, for one journal: sending the same items once more gives the same keys.
  static func derived(journal: String, body: JSONObject, occurrence: Int) -> String {
    prefix + digest("\(journal)\n\(occurrence)\n\(JSONWriter.compact.string(.object(body)))")
  }

  /// The first 128 bits of the text's SHA-256, in hexadecimal digits.
  static func digest(_ text: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = SHA256.hash(data: Array(text.utf8)).prefix(16)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
