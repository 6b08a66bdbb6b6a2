/// One thing that may have been done to a body between signing and verifying, and how to undo it.
///
/// `BodyHypothesis.all` is the list that the doctor goes by.
final class BodyHypothesis: Sendable {
  /// How much the bytes speak for it.
  enum Evidence: Sendable, Comparable {
    /// It cannot be.
    case none
    case possible
    /// The bytes show it: it is tried before all that is only possible, and looked for in what is inside others.
    case plain
  }

  /// What may have been signed.
  struct Alternative: Sendable {
    let edit: Edit
    /// To follow "the signature is right for"; nil for the hypothesis' own phrase.
    let phrase: String?

    init(_ edit: Edit, _ phrase: String? = nil) {
      self.edit = edit
      self.phrase = phrase
    }

    init(_ bytes: [UInt8], _ phrase: String? = nil) { self.init(.bytes(bytes), phrase) }
  }

  enum Edit: Sendable {
    /// Bytes before the body.
    case lead([UInt8])
    /// A part of the body.
    case part(Range<Int>)
    /// Other bytes.
    case bytes([UInt8])
    /// Other bytes, if any, which are made when all before them were not it.
    case later(@Sendable () -> [UInt8]?)
  }

  let name: String
  /// The reason that stands for it.
  let cause: SignatureReason
  /// What was signed, to follow "the signature is right for".
  let phrase: String
  /// What to do, as an imperative clause.
  let advice: String
  /// What one way to undo it costs, in passes over the body.
  let passes: Int
  /// How long the body may have been, its final line breaks aside. Any length unless it is said.
  let lengths: @Sendable (BodyFeatures) -> ClosedRange<Int>
  let evidence: @Sendable (BodyFeatures) -> Evidence
  /// The likeliest first.
  let undo: @Sendable (BodyFeatures) -> [Alternative]

  init(
    _ name: String, _ cause: SignatureReason, phrase: String, advice: String, passes: Int = 2,
    lengths: @escaping @Sendable (BodyFeatures) -> ClosedRange<Int> = { _ in 0...Int.max / 2 },
    when evidence: @escaping @Sendable (BodyFeatures) -> Evidence,
    undo: @escaping @Sendable (BodyFeatures) -> [Alternative]
  ) {
    self.name = name
    self.cause = cause
    self.phrase = phrase
    self.advice = advice
    self.passes = passes
    self.lengths = lengths
    self.evidence = evidence
    self.undo = undo
  }

  /// The texts that several ways make, each when it is asked for.
  static func each<Way: Sendable>(_ ways: [Way], _ text: @escaping @Sendable (Way) -> [UInt8]?) -> [Alternative] {
    ways.map { way in Alternative(.later { text(way) }) }
  }

  /// The alternatives that one text is, if there is any.
  static func one(_ bytes: [UInt8]?, _ phrase: String? = nil) -> [Alternative] {
    bytes.map { [Alternative($0, phrase)] } ?? []
  }

  /// Whether other things may have been done to what it brings to light, when the bytes speak so much for it.
  func opens(_ evidence: Evidence) -> Bool {
    switch cause {
    case .bodyWrapped, .bodyEscaped, .bodyNormalized: evidence != .none
    case .bodyEncoding, .bodyByteOrderMark: evidence == .plain
    default: false
    }
  }

  /// Whether undoing it costs little.
  var isSimple: Bool { passes < 3 && !opens(.possible) }

  /// Whether what it undoes may end with a newline or without, as its writer likes.
  var endsFreely: Bool {
    switch cause {
    case .bodyWrapped, .bodyEscaped, .bodyNormalized: true
    default: name.hasPrefix("UTF-16")
    }
  }
}
