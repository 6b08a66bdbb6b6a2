/// What the bytes of a delivery look like, as a stable code that scripts may compare with. A hint is never proven.
public enum SignatureHint: String, Sendable, Hashable, CaseIterable {
  /// `[object Object]` and other names of an object in place of what it holds.
  case objectAsText = "object-as-text"
  /// A dictionary as a programming language writes it, such as `{'a': None}`, `{:a=>1}` or `map[a:1]`.
  case languageLiteral = "language-literal"
  /// Compressed bytes that do not decode.
  case compressed
  /// U+FFFD, or `?` where letters would be.
  case charactersLost = "characters-lost"
  /// Integers above 2^53 that end in zeros, or numbers of 16 digits and more.
  case numbersRounded = "numbers-rounded"
  /// JSON whose keys lie in an order that programs make: by length and then by bytes, or by bytes.
  case keysReordered = "keys-reordered"
  /// A JSON object that is shorter than it was, as if members had been dropped.
  case valuesDropped = "values-dropped"
  /// Fewer bytes than the request says, or a text that breaks off.
  case cutShort = "cut-short"
  /// More bytes than the request says.
  case longer
  /// The signature is right, and the age is a whole number of hours, as when local time is taken for UTC.
  case clockOffByHours = "clock-off-by-hours"
  /// Nothing is to be seen: it is likely another endpoint's secret, or header and body of different deliveries.
  case otherDelivery = "other-delivery"
}

extension SignatureHint: CustomStringConvertible {
  /// The code, such as `numbers-rounded`.
  public var description: String { rawValue }
}
