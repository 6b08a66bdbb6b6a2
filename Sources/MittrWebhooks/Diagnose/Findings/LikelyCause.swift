/// Something that the bytes of a delivery look like when nothing is proven.
struct LikelyCause: Sendable {
  let hint: SignatureHint
  /// What was done, to follow "likely".
  let phrase: String
  let looks: @Sendable (BodyFeatures, Delivery) -> Bool

  /// The likeliest first. To add a hint: a case of `SignatureHint` that says what the bytes show, and one declaration here.
  static let all: [LikelyCause] = [
    LikelyCause(hint: .compressed, phrase: "the body is compressed, and damaged or in a format that is not read here") {
      body, delivery in
      if Compression(body.bytes) != nil { return body.decompressed == nil }
      if body.bytes.starts(with: [0x1F, 0xEF, 0xBF, 0xBD]) { return true }
      return delivery.isCompressed && !body.isUTF8 && Inflate.decoded(body.bytes[...]) == nil
    },
    LikelyCause(hint: .objectAsText, phrase: "an object was written as text in place of what it holds") { body, _ in
      ObjectText.isName(body)
    },
    LikelyCause(hint: .languageLiteral, phrase: "the body was printed by a programming language rather than as JSON") {
      body, _ in ObjectText.isLiteral(body)
    },
    LikelyCause(hint: .charactersLost, phrase: "the body was decoded to text with losses") { body, _ in
      LostCharacters.isShown(by: body)
    },
    LikelyCause(hint: .numbersRounded, phrase: "large or long numbers were rounded by a program that parsed them") {
      body, _ in body.json?.hasRoundedNumbers == true
    },
    LikelyCause(hint: .cutShort, phrase: "the body breaks off") { body, _ in
      guard body.json == nil else { return false }
      let isOpen = "{[".utf8.contains(body.first) && !"}]".utf8.contains(body.last)
      return isOpen || body.size > 0 && body.ends(with: "...", "\u{2026}", "[truncated]", "(truncated)", "<truncated>")
    },
    LikelyCause(hint: .valuesDropped, phrase: "the object was written before it had its members, or without them") {
      body, _ in
      guard body.json?.isObject == true, body.json?.tokens.count == 2 else { return false }
      return body.signedLength.map { $0 - body.size >= 6 } ?? true
    },
    LikelyCause(hint: .valuesDropped, phrase: "members that were null or empty were dropped from the body") { body, _ in
      guard body.json?.isObject == true else { return false }
      // A member takes at least `"":{},`, and a text this short is less than anybody sends.
      guard let length = body.signedLength else { return body.size < 64 && !body.contains("null") }
      return length - body.size >= 6
    },
    LikelyCause(hint: .keysReordered, phrase: "a database or a program put the body's keys into another order") {
      body, _ in body.json?.hasOrderedKeys == true
    },
    LikelyCause(hint: .cutShort, phrase: "the body was cut short, or what read it before left nothing of it") {
      body, _ in
      body.size == 0 || body.signedLength.map { $0 > body.size } == true
    },
    LikelyCause(hint: .longer, phrase: "something was added to the body") { body, _ in
      body.signedLength.map { $0 < body.size } == true
    },
    LikelyCause(hint: .otherDelivery, phrase: "the secret is another endpoint's") { _, _ in true },
  ]

  /// What the bytes look like, best first, each once.
  static func found(in body: BodyFeatures, of delivery: Delivery) -> [LikelyCause] {
    var found: [LikelyCause] = []
    for cause in all where !found.contains(where: { $0.hint == cause.hint }) && cause.looks(body, delivery) {
      found.append(cause)
    }
    return found
  }
}

/// Texts that stand where a body's bytes should.
enum ObjectText {
  /// Whether a program wrote what kind of object it is rather than what it holds.
  static func isName(_ body: BodyFeatures) -> Bool {
    let names = [
      "[object ", "[Ljava.", "[B@", "<_io.", "<Buffer ", "#<", " object at 0x", "InputStream@", "[ArrayBuffer",
    ]
    if body.contains(anyOf: names) { return true }
    let text = Array(body.trimmed.prefix(16))
    return ["undefined", "Array", "NULL", "nil", "None", "null", "(null)", "Object", "NaN", "\"undefined\""]
      .contains { text.elementsEqual($0.utf8) }
  }

  /// Whether the text is a dictionary as some language writes it, which JSON is not.
  static func isLiteral(_ body: BodyFeatures) -> Bool {
    guard body.json == nil, body.size > 1 else { return false }
    if body.begins(
      with: "{'", "['", "{u'", "[u'", "[{'", "map[", "&{", "&map[", "[]", "%{", "{:", "Array\n", "Array (", "Array(",
      "array",
      "stdClass", "object(", "$VAR", "OrderedDict(", "defaultdict(", "<QueryDict", "ImmutableMultiDict", "System.",
      "Newtonsoft.",
      "Microsoft.", "Map(", "HashMap(", "Map {", "Object {", "Object(", "Some(", "Optional(", "{{", "#{", "@{", "(dict",
      "dict(")
    {
      return true
    }
    if body.contains(anyOf: [": None", ": True", ": False", "=>", "System.", "java.", "Decimal(", "datetime."]) {
      return true
    }
    return hasBareName(body)
  }

  /// Whether a name without quotes stands behind the first bracket, before `:`, `=` or `->`: `{orderId=…}`, `{ id: 'x' }`,
  /// `Order { Id = 1 }`, `{ord_1 9900}`; or, in Swift, whether a dictionary stands in square brackets.
  private static func hasBareName(_ body: BodyFeatures) -> Bool {
    let text = body.trimmed
    if text.first == UInt8(ascii: "["), body.contains("\": ") { return body.last == UInt8(ascii: "]") }
    guard let open = text.prefix(80).firstIndex(where: { "{(".utf8.contains($0) }),
      text[..<open].allSatisfy({ isNameByte($0) || $0 == 0x20 })
    else { return false }
    let inner = text[(open + 1)...].drop {
      BodyFeatures.isBlank($0) || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{")
    }
    let name = inner.prefix(while: isNameByte)
    guard let first = name.first, name.count < 65, !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= first) else {
      return false
    }
    let rest = inner[name.endIndex...].drop { $0 == 0x20 }
    return rest.first.map { ":=".utf8.contains($0) } == true || rest.starts(with: "->".utf8)
      || inner[name.endIndex...].first == 0x20 && "})".utf8.contains(body.last)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
      || "_-$.".utf8.contains(byte)
  }
}

/// Characters that a decoder or an encoder could not keep.
enum LostCharacters {
  /// No more of a text is looked at for question marks.
  private static let longest = 64 * 1024

  static func isShown(by body: BodyFeatures) -> Bool {
    if body.contains("\u{FFFD}")
      || body.contains(anyOf: [#"\ufffd"#, #"\uFFFD"#, "&#65533;", "%EF%BF%BD", #"\xef\xbf\xbd"#])
    {
      return true
    }
    // What some encoders put in a character's place.
    if body.count(of: 0x1A as UInt8) > 0, body.isUTF8, body.count(of: 0 as UInt8) == 0 { return true }
    if body.contains(anyOf: [#"\u001a"#, #"\u001A"#]) { return true }
    let marks = body.count(of: "?")
    guard marks > 0, body.isUTF8 else { return false }
    let lost = body.signedLength.map { $0 - body.size } ?? 0
    if !body.hasBeyondASCII, marks...3 * marks ~= lost { return true }
    let text = body.bytes.prefix(longest)
    var position = 0
    while let start = text[position...].firstIndex(of: UInt8(ascii: "?")) {
      let end = text[start...].firstIndex { $0 != UInt8(ascii: "?") } ?? text.endIndex
      position = end
      if isLost(text, start..<end, mayBeOne: 1...3 * marks ~= lost) { return true }
    }
    return false
  }

  /// Whether question marks stand where nobody writes them: within a word, or where a word would begin.
  /// - mayBeOne: whether the length tells that a single one may stand for a character.
  private static func isLost(_ text: ArraySlice<UInt8>, _ marks: Range<Int>, mayBeOne: Bool) -> Bool {
    guard marks.lowerBound > 0, marks.upperBound < text.endIndex else { return false }
    let (before, after) = (text[marks.lowerBound - 1], text[marks.upperBound])
    if isLetter(before) {
      let word = text[..<marks.lowerBound].suffix(3).reversed().prefix(while: isLetter).count
      let rest = text[marks.upperBound...].prefix(3).prefix(while: isLetter).count
      return rest > 0 && word + rest > 2 && !isInAddress(text, marks.lowerBound)
    }
    let isOpen = before == 0x20 || "\"'>([".utf8.contains(before)
    guard isOpen, !isLetter(after) else { return false }
    // One alone, and two between spaces, stand in programs too.
    return marks.count == 1
      ? mayBeOne && before != UInt8(ascii: "(")
      : mayBeOne || before != 0x20 || marks.count % 4 == 0 || marks.count == 2 && after != 0x20
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  /// Whether a question mark begins the query of a URL.
  private static func isInAddress(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Bool {
    let isEnd: (UInt8) -> Bool = { $0 <= 0x20 || $0 == UInt8(ascii: "\"") }
    let before = bytes[..<index].reversed().prefix(256).prefix { !isEnd($0) }
    let after = bytes[(index + 1)...].prefix(64).prefix { !isEnd($0) }
    return before.contains(UInt8(ascii: "/")) || after.contains(UInt8(ascii: "="))
  }
}
