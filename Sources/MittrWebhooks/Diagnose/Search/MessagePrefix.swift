/// What stands before the body in a message that may have been signed.
struct MessagePrefix {
  let bytes: [UInt8]
  /// Nil for the platform's `timestamp.`.
  let cause: SignatureReason?
  /// To follow "the signature is right for".
  let phrase: String
  let advice: String

  /// The prefixes that senders use, the likeliest first.
  /// - Parameters:
  ///   - timestamp: the header's text; nil when there is none.
  ///   - ids: what headers call the event or the message.
  static func variants(timestamp: String?, ids: [String]) -> [MessagePrefix] {
    let alone = MessagePrefix(
      bytes: [], cause: .signedWithoutTimestamp, phrase: "the body alone, without the timestamp",
      advice: "check that the request is from Mittr, which signs the timestamp, a dot and the body")
    guard let timestamp else { return [alone] }
    let text = Array(timestamp.utf8)
    var variants = [MessagePrefix(bytes: text + [UInt8(ascii: ".")], cause: nil, phrase: "", advice: "")]
    if let meant = TimestampForm(timestamp).seconds {
      variants.append(
        MessagePrefix(
          bytes: Array("\(meant.seconds).".utf8), cause: meant.cause, phrase: "the timestamp \(meant.seconds)",
          advice: "pass the timestamp on exactly as it was received, in whole Unix seconds"))
    }
    variants.append(alone)
    variants.append(other(text, "the timestamp and the body with nothing between them"))
    variants.append(other(text + [UInt8(ascii: ":")], "the timestamp and the body with a colon between them"))
    variants += ids.map { id in
      other(Array("\(id).\(timestamp).".utf8), "an id, the timestamp and the body, joined by dots")
    }
    return variants
  }

  private static func other(_ bytes: [UInt8], _ phrase: String) -> MessagePrefix {
    MessagePrefix(
      bytes: bytes, cause: .signedOtherScheme, phrase: phrase,
      advice: "check that the request is from Mittr, which signs the timestamp, a dot and the body")
  }
}
