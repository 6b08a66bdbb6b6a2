/// What may have been done to a body between signing and verifying, told as how to get what was signed.
enum BodyChange: Hashable {
  case none
  case addByteOrderMark
  case removeByteOrderMark
  case useLineEndings(LineEnding)
  case undo(TextMistake)
  case rewriteJSON(JSONRewriting)

  enum LineEnding: Hashable {
    case lf
    case crlf
  }

  /// The reason that stands for this change; nil when nothing is changed.
  var cause: SignatureReason? {
    switch self {
    case .none: nil
    case .addByteOrderMark, .removeByteOrderMark: .bodyByteOrderMark
    case .useLineEndings: .bodyLineEndings
    case .undo: .bodyEncoding
    case .rewriteJSON: .bodyReserialized
    }
  }

  /// What was signed, to follow "the signature is right for".
  var phrase: String {
    switch self {
    case .none: "the body"
    case .addByteOrderMark: "the body with a byte order mark before it"
    case .removeByteOrderMark: "the body without its byte order mark"
    case .useLineEndings(.lf): "the body with LF line endings"
    case .useLineEndings(.crlf): "the body with CRLF line endings"
    case .undo(let mistake): mistake.phrase
    case .rewriteJSON(let rewriting): rewriting.phrase
    }
  }

  /// What to do, as an imperative clause.
  var advice: String? {
    switch self {
    case .none: nil
    case .addByteOrderMark, .removeByteOrderMark: "read and store the body as bytes, not as text"
    case .useLineEndings:
      "pass the body on as binary data, for editors, version control and mail change line endings"
    case .undo: "verify the raw bytes, before the body is decoded to text"
    case .rewriteJSON: "verify the raw body before it is parsed, for JSON that is written again has other bytes"
    }
  }
}
