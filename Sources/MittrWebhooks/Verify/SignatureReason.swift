/// Why a delivery's signature is accepted or not, as a stable code that scripts may compare with.
///
/// A diagnosis lists several causes in this order: what is wrong with the headers, how the signature was made, how it was
/// written down, the body, the secret. Of the body's and the secret's causes, the one that matters most comes first:
/// `body-wrapped` before `body-trailing-newline`, `secret-wrapped` before `secret-whitespace`.
#if hasAttribute(nonexhaustive)
  @nonexhaustive
#endif
public enum SignatureReason: String, Sendable, Hashable, CaseIterable {
  /// The signature is right and the timestamp is fresh.
  case ok
  /// There is no signature header, or it is empty.
  case missingSignature = "missing-signature"
  /// There is no timestamp header, or it is empty.
  case missingTimestamp = "missing-timestamp"
  /// The timestamp is not a decimal integer, or there are several that differ.
  case malformedTimestamp = "malformed-timestamp"
  /// The timestamp is in milliseconds.
  case timestampMilliseconds = "timestamp-milliseconds"

  /// The signature is right for the body alone.
  case signedWithoutTimestamp = "signed-without-timestamp"
  /// The signature is right for a known other construction, or another hash.
  case signedOtherScheme = "signed-other-scheme"

  /// The signature is not `v1=` and 64 lowercase hexadecimal digits nor any of the next four, or there are several that
  /// differ.
  case malformedSignature = "malformed-signature"
  /// The right digits without `v1=`, or with another prefix.
  case signatureMissingPrefix = "signature-missing-prefix"
  /// The right digits in uppercase.
  case signatureUppercase = "signature-uppercase"
  /// The right signature in base64.
  case signatureBase64 = "signature-base64"
  /// The first digits, at least 16, of the right signature.
  case signatureTruncated = "signature-truncated"

  /// The body given is empty, and the request's was not.
  case bodyEmpty = "body-empty"
  /// The body given has not the length that the request says, and nothing else is shown to be the cause.
  case bodyLength = "body-length"
  /// The signature is right with a final newline more or less.
  case bodyTrailingNewline = "body-trailing-newline"
  /// The signature is right with the other line endings.
  case bodyLineEndings = "body-line-endings"
  /// The signature is right with or without a byte order mark.
  case bodyByteOrderMark = "body-bom"
  /// The signature is right for the same JSON as another program writes it.
  case bodyReserialized = "body-reserialized"
  /// The signature is right after undoing a wrong decoding, such as of UTF-8 as Latin-1, or from UTF-16.
  case bodyEncoding = "body-encoding"
  /// The signature is right for what is inside the bytes given, such as base64, a field of a JSON object, or gzip.
  case bodyWrapped = "body-wrapped"
  /// The signature is right after undoing escapes that were written out, such as `\"`, `&quot;` or `%22`.
  case bodyEscaped = "body-escaped"
  /// The signature is right after undoing what editors, chats and web pages do to a text.
  case bodyNormalized = "body-normalized"
  /// The signature is right for the first bytes, as many as the request says.
  case bodyExtraBytes = "body-extra-bytes"

  /// The signature is right without the white space around the secret, or without invisible characters in it.
  case secretWhitespace = "secret-whitespace"
  /// The signature is right without the quotes around the secret.
  case secretQuoted = "secret-quoted"
  /// The signature is right for the value inside the secret given, such as that of `NAME=value`.
  case secretWrapped = "secret-wrapped"
  /// The signature is right for the secret decoded from base64 or hexadecimal, or encoded.
  case secretEncoded = "secret-encoded"
  /// The signature is right with `whsec_` or `v1,` before the secret, or without it.
  case secretPrefix = "secret-prefix"
  /// The secret is an API key.
  case secretIsAPIKey = "secret-is-api-key"
  /// The secret is a masked copy, or stands for one: dots, stars, `<your secret>`, the name of a variable.
  case secretMasked = "secret-masked"

  /// The signature is right, and the timestamp is older than the tolerance.
  case staleTimestamp = "stale-timestamp"
  /// The signature is right, and the timestamp is further ahead than the tolerance.
  case futureTimestamp = "future-timestamp"
  /// The signature is right under another of the secrets given. By itself that is accepted.
  case secretPrevious = "secret-previous"

  /// The signature is well formed, it is not the one of this body under this secret, and nothing shows why.
  case mismatch
}

extension SignatureReason: CustomStringConvertible {
  /// The code, such as `stale-timestamp`.
  public var description: String { rawValue }
}
