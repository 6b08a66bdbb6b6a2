/// The arguments of a program that sends requests.
struct CommandArguments {
  enum Data {
    case text([UInt8])
    /// `-` is standard input. Line breaks are taken out where the option does that.
    case file(String, keepsBreaks: Bool)
  }

  private(set) var fields: [HeaderField] = []
  private(set) var data: [Data] = []
  private(set) var url: String?
  /// Whether it sends a form in parts, whose bytes the program itself makes up.
  private(set) var hasForm = false
  let isCurl: Bool
  private var words: ArraySlice<[UInt8]>

  init(_ words: ArraySlice<[UInt8]>, isCurl: Bool) {
    self.words = words
    self.isCurl = isCurl
  }

  /// The short options of curl that have a value and mean nothing here.
  private static let withValue = Array("AbceCDEFhIKmoPQrtTuUwxXyYz".utf8).filter { !"Ih".utf8.contains($0) }

  mutating func read() {
    while let word = words.popFirst() {
      if word.starts(with: "--".utf8), word.count > 2 {
        long(word)
      } else if word.first == UInt8(ascii: "-"), word.count > 1, isCurl {
        short(word.dropFirst())
      } else if !word.isEmpty {
        positional(word)
      }
    }
  }

  private mutating func long(_ word: [UInt8]) {
    let name = word.prefix { $0 != UInt8(ascii: "=") }
    let inline = name.count < word.count ? Array(word.dropFirst(name.count + 1)) : nil
    func value(_ words: inout ArraySlice<[UInt8]>) -> [UInt8]? { inline ?? words.popFirst() }
    switch name.text {
    case "--header": value(&words).map { header($0) }
    case "--data", "--data-ascii": value(&words).map { addData($0, keepsBreaks: false) }
    case "--data-binary", "--json": value(&words).map { addData($0, keepsBreaks: true) }
    case "--data-raw", "--data-urlencode", "--raw", "--post-data", "--body-data":
      value(&words).map { data.append(.text($0)) }
    case "--post-file", "--body-file": value(&words).map { data.append(.file($0[...].text, keepsBreaks: true)) }
    case "--url": url = value(&words)?[...].text
    case "--form", "--form-string":
      hasForm = true
      _ = value(&words)
    case "--upload-file": value(&words).map { data.append(.file($0[...].text, keepsBreaks: true)) }
    case "--request", "--user-agent", "--user", "--output", "--cookie", "--referer", "--max-time", "--proxy",
      "--method", "--write-out", "--connect-timeout", "--cacert", "--cert", "--resolve", "--auth", "--timeout":
      _ = value(&words)
    default: break
    }
  }

  /// One option, or several in a word: `-sSX POST`, `-H'Name: value'`.
  private mutating func short(_ letters: ArraySlice<UInt8>) {
    var letters = letters
    while let letter = letters.popFirst() {
      func value(_ words: inout ArraySlice<[UInt8]>) -> [UInt8]? { letters.isEmpty ? words.popFirst() : Array(letters) }
      switch letter {
      case UInt8(ascii: "H"): value(&words).map { header($0) }
      case UInt8(ascii: "F"):
        hasForm = true
        _ = value(&words)
      case UInt8(ascii: "T"): value(&words).map { data.append(.file($0[...].text, keepsBreaks: true)) }
      case UInt8(ascii: "d"): value(&words).map { addData($0, keepsBreaks: false) }
      case _ where Self.withValue.contains(letter): _ = value(&words)
      default: continue
      }
      return
    }
  }

  private mutating func addData(_ value: [UInt8], keepsBreaks: Bool) {
    if value.first == UInt8(ascii: "@") {
      data.append(.file(value.dropFirst().text, keepsBreaks: keepsBreaks))
    } else {
      data.append(.text(value))
    }
  }

  private mutating func header(_ value: [UInt8]) {
    guard let colon = value.firstIndex(of: UInt8(ascii: ":")) else { return }
    let name = value[..<colon].trimmed
    if HeaderName.isToken(name) { fields.append((name.text, value[(colon + 1)...].trimmedLine.text)) }
  }

  /// An address; for HTTPie also `Name:value`.
  private mutating func positional(_ word: [UInt8]) {
    let text = word[...].text
    if !isCurl, let colon = word.firstIndex(of: UInt8(ascii: ":")), HeaderName.isToken(word[..<colon]),
      !text.contains("://"),
      word[..<colon].contains(where: { $0.isLetter }), url != nil || word[..<colon].contains(UInt8(ascii: "-"))
    {
      header(word)
    } else if url == nil, text.contains("/") || text.contains(":") || text.contains(".") {
      url = text
    }
  }
}
