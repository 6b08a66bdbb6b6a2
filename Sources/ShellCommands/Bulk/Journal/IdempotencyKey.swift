import Basics
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

  /// The first of the keys made from a body that this run has not met: each of several items alike gets its own.
  static func fresh(for body: JSONObject, journal: String, _ ledger: JournalLedger) -> String {
    func key(_ occurrence: Int) -> String { derived(journal: journal, body: body, occurrence: occurrence) }
    var (met, unmet) = (0, 1)
    while ledger.hasMet(key(unmet)) { (met, unmet) = (unmet, unmet * 2) }
    while unmet - met > 1 {
      let middle = (met + unmet) / 2
      if ledger.hasMet(key(middle)) { met = middle } else { unmet = middle }
    }
    return key(unmet)
  }

  static func random() -> String { prefix + UUID.random() }

  /// The first 128 bits of the text's SHA-256, in hexadecimal digits.
  static func digest(_ text: String) -> String {
    Hex.text(SHA256.hash(data: Array(text.utf8)).prefix(16))
  }
}
