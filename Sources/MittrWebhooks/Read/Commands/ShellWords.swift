/// A command line taken apart as the shell would that it was written for.
struct ShellWords {
  /// The commands with their words, and what parts them.
  private(set) var commands: [Command] = [Command()]
  private var rest: ArraySlice<UInt8>
  private let dialect: Dialect
  /// The words that name a text which stands below, by `<<`.
  private var hereDocuments: [(command: Int, end: ArraySlice<UInt8>)] = []

  struct Command {
    var words: [[UInt8]] = []
    /// What `<<`, `<<<` gives it to read.
    var input: [UInt8]?
    /// The file that it reads.
    var inputFile: String?
    /// Whether the next one reads what it writes.
    var feedsNext = false
  }

  /// Whose quoting it is.
  enum Dialect {
    case posix
    case cmd
    /// As `cmd`, but every backslash is doubled, not only those before a quote: browsers copy commands so.
    case doubledCmd
    case powerShell

    var isCmd: Bool { self == .cmd || self == .doubledCmd }

    init(of text: ArraySlice<UInt8>) {
      let isPowerShell =
        text.firstRange(ignoringCase: "`\n") != nil || text.firstRange(ignoringCase: "`\r\n") != nil
        || text.startsIgnoringCase("curl.exe") || text.startsIgnoringCase("invoke-") || text.startsIgnoringCase("iwr ")
      let isCmd = [" ^\n", " ^\r\n", " ^\""].contains { text.firstRange(ignoringCase: $0) != nil }
      self = isPowerShell ? .powerShell : isCmd ? .cmd : .posix
    }
  }

  init(_ text: ArraySlice<UInt8>, _ dialect: Dialect) {
    rest = dialect.isCmd ? Self.withoutCarets(text)[...] : text
    self.dialect = dialect
    while !rest.isEmpty { takeOne() }
    commands.removeAll { $0.words.isEmpty && $0.input == nil }
  }

  private mutating func takeOne() {
    guard let byte = rest.first else { return }
    switch byte {
    case UInt8(ascii: "\n"):
      rest.removeFirst()
      takeHereDocuments()
      endCommand(feeds: false)
    case _ where byte.isBlank: rest.removeFirst()
    case UInt8(ascii: "\\") where dialect == .posix && Self.isBreak(rest.dropFirst()):
      rest = rest.dropFirst().drop { $0 == 0x0D }.dropFirst()
    case UInt8(ascii: "`") where dialect == .powerShell && Self.isBreak(rest.dropFirst()):
      rest = rest.dropFirst().drop { $0 == 0x0D }.dropFirst()
    case UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: "&"):
      let isPipe = byte == UInt8(ascii: "|") && !rest.starts("||")
      rest = rest.drop { $0 == byte }
      endCommand(feeds: isPipe)
    case UInt8(ascii: "<"): takeInput()
    default: commands[commands.count - 1].words.append(word())
    }
  }

  private static func isBreak(_ text: ArraySlice<UInt8>) -> Bool { text.starts("\n") || text.starts("\r\n") }

  private mutating func endCommand(feeds: Bool) {
    guard commands.last?.words.isEmpty == false else { return }
    commands[commands.count - 1].feedsNext = feeds
    commands.append(Command())
  }

  // MARK: What a command reads

  private mutating func takeInput() {
    let marks = rest.prefix { $0 == UInt8(ascii: "<") }.count
    rest = rest.dropFirst(marks)
    if marks == 2, rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
    let word = word()
    switch marks {
    case 1: commands[commands.count - 1].inputFile = word[...].text
    case 2: hereDocuments.append((commands.count - 1, word[...]))
    default: commands[commands.count - 1].input = word + [0x0A]
    }
  }

  private mutating func takeHereDocuments() {
    for (command, end) in hereDocuments {
      var input: [UInt8] = []
      while !rest.isEmpty {
        let next = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
        let line = rest[..<next]
        rest = rest[next...]
        if line.trimmed == end { break }
        input += line
      }
      commands[command].input = input
    }
    hereDocuments = []
  }

  // MARK: Words

  private mutating func word() -> [UInt8] {
    var word: [UInt8] = []
    while let byte = rest.first, !byte.isBlank, !"|;&<".utf8.contains(byte) {
      rest.removeFirst()
      switch (byte, dialect) {
      case (UInt8(ascii: "'"), .posix), (UInt8(ascii: "'"), .powerShell): takeSingleQuoted(&word)
      case (UInt8(ascii: "\""), _): takeDoubleQuoted(&word)
      case (UInt8(ascii: "$"), .posix) where rest.first == UInt8(ascii: "'"):
        rest.removeFirst()
        takeANSI(&word)
      case (UInt8(ascii: "$"), .posix) where rest.first == UInt8(ascii: "\""): break
      case (UInt8(ascii: "\\"), .posix), (UInt8(ascii: "`"), .powerShell):
        if Self.isBreak(rest) {
          rest = rest.drop { $0 == 0x0D }.dropFirst()
        } else if let next = rest.popFirst() {
          word.append(next)
        }
      default: word.append(byte)
      }
    }
    return word
  }

  private mutating func takeSingleQuoted(_ word: inout [UInt8]) {
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "'") {
        guard dialect == .powerShell, rest.first == byte else { return }
        rest.removeFirst()
      }
      word.append(byte)
    }
  }

  private mutating func takeDoubleQuoted(_ word: inout [UInt8]) {
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""):
        guard dialect != .posix, rest.first == byte else { return }
        rest.removeFirst()
        word.append(byte)
      case UInt8(ascii: "\\") where dialect == .posix:
        guard let next = rest.first else { return word.append(byte) }
        if Self.isBreak(rest) {
          rest = rest.drop { $0 == 0x0D }.dropFirst()
        } else if "$`\"\\".utf8.contains(next) {
          rest.removeFirst()
          word.append(next)
        } else {
          word.append(byte)
        }
      case UInt8(ascii: "\\") where dialect.isCmd:
        // Backslashes count only before a quote, as programs of Windows read their arguments.
        let count = 1 + rest.prefix { $0 == byte }.count
        rest = rest.dropFirst(count - 1)
        guard rest.first == UInt8(ascii: "\"") else {
          word += repeatElement(byte, count: dialect == .doubledCmd ? (count + 1) / 2 : count)
          continue
        }
        word += repeatElement(byte, count: count / 2)
        if count % 2 == 1, let quote = rest.popFirst() { word.append(quote) }
      case UInt8(ascii: "`") where dialect == .powerShell:
        guard let next = rest.popFirst() else { return }
        switch next {
        case UInt8(ascii: "n"): word.append(0x0A)
        case UInt8(ascii: "r"): word.append(0x0D)
        case UInt8(ascii: "t"): word.append(0x09)
        default: word.append(next)
        }
      default: word.append(byte)
      }
    }
  }

  /// The shell's `$'…'`.
  private mutating func takeANSI(_ word: inout [UInt8]) {
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "'") { return }
      if byte == UInt8(ascii: "\\"), !rest.isEmpty { EscapedText.takeEscape(&rest, &word) } else { word.append(byte) }
    }
  }

  /// What `cmd` makes of carets: each takes its meaning from the next character, and a line break goes with it.
  private static func withoutCarets(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = text
    var isQuoted = false
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard byte == UInt8(ascii: "^"), !isQuoted || rest.first == UInt8(ascii: "\"") || isBreak(rest) else {
        result.append(byte)
        continue
      }
      if isBreak(rest) { rest = rest.drop { $0 == 0x0D }.dropFirst() }
      if rest.starts("\r\n") { rest.removeFirst() }
      if let next = rest.popFirst() { result.append(next) }
    }
    return result
  }
}
