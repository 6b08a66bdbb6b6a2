/// A command that sends a request: `curl`, HTTPie or `wget`, with what is piped into it.
enum CommandText {
  static func looksRight(_ text: ArraySlice<UInt8>) -> Bool {
    let line = text.firstLine.line
    let word = line.prefix { !$0.isBlank }
    return isSender(word) || ["printf", "echo", "cat"].contains(word.text) && line.contains(UInt8(ascii: "|"))
      || ["printf", "echo"].contains(word.text) || ["-H", "--header"].contains(word.text)
  }

  /// The programs whose arguments are read.
  private static let senders = ["curl", "curl.exe", "http", "https", "xh", "xhs", "wget", "httpie"]

  private static func isSender(_ word: ArraySlice<UInt8>) -> Bool {
    let name = word.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.last ?? word
    return senders.contains(name.text.lowercased())
  }

  /// A command that stands in a text behind a prompt or other lines.
  static func command(in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
      let line = text[start..<end]
      let words = line.prefix(400).split { $0 == 0x20 || $0 == 0x09 }
      if let index = words.prefix(4).firstIndex(where: { isSender($0) || $0.elementsEqual("printf".utf8) }),
        words.count > index + 1,
        index > 0 || start > text.startIndex
      {
        return text[words[index].startIndex...]
      }
      start = end + 1
    }
    return nil
  }

  static func reading(of text: ArraySlice<UInt8>) throws(DeliverySourceError) -> DeliveryReading? {
    let text = text.trimmed
    let dialect = ShellWords.Dialect(of: text)
    guard var reading = try reading(of: text, dialect) else { return nil }
    if dialect == .cmd, let other = try self.reading(of: text, .doubledCmd) { reading.bodies += other.bodies }
    return reading
  }

  /// The headers alone of a command whose body is elsewhere.
  static func headers(in text: ArraySlice<UInt8>) -> DeliveryReading? {
    let text = looksRight(text) ? text : command(in: text) ?? text
    return (try? reading(of: text.trimmed, ShellWords.Dialect(of: text.trimmed), hasBody: false)) ?? nil
  }

  private static func reading(
    of text: ArraySlice<UInt8>, _ dialect: ShellWords.Dialect, hasBody: Bool = true
  ) throws(DeliverySourceError) -> DeliveryReading? {
    var commands = ShellWords(text, dialect).commands
    if let first = commands.first?.words.first, first.first == UInt8(ascii: "-") {
      commands[0].words.insert(Array("curl".utf8), at: 0)
    }
    guard let index = commands.firstIndex(where: { $0.words.first.map { isSender($0[...]) } == true }) else {
      return nil
    }
    var input = commands[index].input
    var inputFile = commands[index].inputFile
    if index > 0, commands[index - 1].feedsNext {
      let before = commands[index - 1]
      input = PrintedText.output(of: before)
      if input == nil, before.words.first?.elementsEqual("cat".utf8) == true {
        inputFile = before.words.last?[...].text
      }
    }
    let name = commands[index].words[0][...].text
    var arguments = CommandArguments(commands[index].words.dropFirst(), isCurl: name.contains("curl"))
    arguments.read()
    guard !arguments.fields.isEmpty else { return nil }
    var reading = DeliveryReading(format: "a \(arguments.isCurl ? "curl" : name) command", fields: arguments.fields)
    reading.target = arguments.url.map(RequestLine.originTarget(of:))
    if hasBody { reading.bodies = try bodies(of: arguments, input: input, inputFile: inputFile, dialect) }
    return reading
  }

  private static func bodies(
    of arguments: CommandArguments, input: [UInt8]?, inputFile: String?, _ dialect: ShellWords.Dialect
  ) throws(DeliverySourceError) -> [DeliveryBody] {
    if arguments.hasForm {
      throw .badBody("the command sends a form in parts, and its exact bytes are made up when it runs")
    }
    var body: [UInt8] = []
    var isGiven = false
    for piece in arguments.data {
      if isGiven, arguments.isCurl { body.append(UInt8(ascii: "&")) }
      isGiven = true
      switch piece {
      case .text(let text): body += text
      case .file(let name, let keepsBreaks):
        guard name == "-" else { throw .bodyInFile(name) }
        guard let input else { throw .bodyInFile(inputFile ?? "that is piped into it") }
        body += keepsBreaks ? input : input.filter { $0 != 0x0A && $0 != 0x0D }
      }
    }
    if !isGiven, !arguments.isCurl {
      if let inputFile { throw .bodyInFile(inputFile) }
      if let input { body = input } else { return [] }
    }
    var bodies = [DeliveryBody(body[...])]
    // PowerShell hands quotes on only with a backslash before them.
    if dialect == .powerShell, body[...].firstRange(ignoringCase: "\\\"") != nil {
      bodies.append(DeliveryBody(EscapedText.unescaped(body[...])[...]))
    }
    return bodies
  }
}

/// What a program writes that is piped into another.
enum PrintedText {
  /// Nil for any program but `printf`, `echo` and `cat` with a text below it.
  static func output(of command: ShellWords.Command) -> [UInt8]? {
    guard let name = command.words.first?[...].text else { return nil }
    var words = command.words.dropFirst()
    switch name {
    case "echo":
      var hasBreak = true
      var isEscaped = false
      while let option = words.first?[...].text, ["-n", "-e", "-ne", "-en", "-E"].contains(option) {
        words.removeFirst()
        if option.contains("n") { hasBreak = false }
        if option.contains("e") { isEscaped = true }
      }
      let text = Array(words.joined(separator: [0x20]))
      return (isEscaped ? EscapedText.unescaped(text[...]) : text) + (hasBreak ? [0x0A] : [])
    case "printf":
      if words.first?.elementsEqual("--".utf8) == true { words.removeFirst() }
      guard let format = words.first else { return nil }
      return printed(format[...], Array(words.dropFirst()))
    case "cat": return command.input
    default: return nil
    }
  }

  private static func printed(_ format: ArraySlice<UInt8>, _ arguments: [[UInt8]]) -> [UInt8] {
    var (result, rest, next) = ([UInt8](), format, arguments[...])
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\\") where !rest.isEmpty: EscapedText.takeEscape(&rest, &result)
      case UInt8(ascii: "%"):
        switch rest.popFirst() {
        case UInt8(ascii: "%"): result.append(byte)
        case UInt8(ascii: "s"): result += next.popFirst() ?? []
        case UInt8(ascii: "b"): result += EscapedText.unescaped((next.popFirst() ?? [])[...])
        case let other: result += [byte] + (other.map { [$0] } ?? [])
        }
      default: result.append(byte)
      }
    }
    return result
  }
}
