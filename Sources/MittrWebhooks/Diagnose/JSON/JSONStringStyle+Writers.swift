extension JSONStringStyle {
  private typealias Class = JSONCharacterClass
  private static let allBeyond = [Class.firstBeyondASCII...Class.last]
  private static let separators = [Class.separators...Class.separators]

  /// Nothing escaped that need not be: `JSON.stringify`.
  static let plain = JSONStringStyle(nil)
  /// `json.dumps` of Python, which takes DEL for no ASCII; and others, which do not.
  static let python = JSONStringStyle("with non-ASCII characters escaped", ascii: "\u{7F}", beyond: allBeyond)
  static let ascii = JSONStringStyle("with non-ASCII characters escaped", beyond: allBeyond)
  static let php = JSONStringStyle("with / and non-ASCII characters escaped", slash: .short, beyond: allBeyond)
  static let go = JSONStringStyle("with <, > and & escaped", ascii: "<>&", beyond: separators)
  /// Foundation's `JSONEncoder`.
  static let foundation = JSONStringStyle("with / escaped", slash: .short)
  static let systemTextJSON = JSONStringStyle(
    "with its strings spelled as System.Text.Json does", ascii: "\"&'+<>`\u{7F}", .uppercase, beyond: allBeyond,
    controls: .uppercase)
  static let gson = JSONStringStyle(
    "with its strings spelled as Gson does", ascii: "<>&='", beyond: separators)
  static let jackson = JSONStringStyle(
    "with characters beyond 16 bits escaped", beyond: [Class.astral...Class.astral], .uppercase, controls: .uppercase)

  /// The styles of common writers, the likeliest first. A writer that is missing is one line more here: what differs from
  /// `JSON.stringify`, and the classes of characters that it escapes. `JSONRewriting.programs` says with which layouts it
  /// is likely.
  static let writers: [JSONStringStyle] =
    [
      plain, ascii, php, go, foundation, python, systemTextJSON, gson, jackson,
      JSONStringStyle(
        "with all but ASCII escaped in uppercase", beyond: allBeyond, .uppercase, controls: .uppercase),
      JSONStringStyle("with controls escaped in uppercase", controls: .uppercase),
      JSONStringStyle("with line separators escaped, as JavaScript needs it", beyond: separators),
      JSONStringStyle("with / and line separators escaped", slash: .short, beyond: separators),
      JSONStringStyle("with </ escaped").escapingSlashBehindLess(),
      JSONStringStyle(
        "with its strings spelled as org.json does",
        beyond: [Class.controls...Class.controls, Class.separators...Class.punctuation]
      ).escapingSlashBehindLess(),
      JSONStringStyle(
        "with its strings spelled as json-simple does", slash: .short, ascii: "\u{7F}", .uppercase,
        beyond: [Class.controls...Class.controls, Class.separators...Class.punctuation], controls: .uppercase),
      JSONStringStyle(
        "with its strings spelled as System.Text.Json does, BMP allowed", ascii: "\"&'+<>`\u{7F}", .uppercase,
        beyond: [Class.controls...Class.separators, Class.astral...Class.astral], controls: .uppercase),
      JSONStringStyle(
        "with its strings spelled as System.Text.Json does, relaxed", ascii: "\u{7F}", .uppercase,
        beyond: [Class.controls...Class.separators, Class.astral...Class.astral], controls: .uppercase),
      JSONStringStyle(
        "with its strings spelled as Newtonsoft does", beyond: [Class.controls...Class.controls] + separators),
      JSONStringStyle("with its strings spelled for HTML, as Newtonsoft does", ascii: "<>&'\"", beyond: separators),
      JSONStringStyle(
        "with its strings spelled for HTML, as Newtonsoft does, in ASCII", ascii: "<>&'\"", beyond: allBeyond),
      JSONStringStyle("with <, >, & and ' escaped", ascii: "<>&'"),
      JSONStringStyle("with <, >, & and ' and non-ASCII characters escaped", ascii: "<>&'", beyond: allBeyond),
      JSONStringStyle("with <, > and & escaped in uppercase", ascii: "<>&", .uppercase, beyond: separators),
      JSONStringStyle(
        "with <, > and & and non-ASCII characters escaped in uppercase", ascii: "<>&", .uppercase, beyond: allBeyond),
      JSONStringStyle("with < and > escaped, and line separators", ascii: "<>", beyond: separators),
      JSONStringStyle("with < escaped", ascii: "<", .uppercase),
      JSONStringStyle("with < escaped in lowercase", ascii: "<"),
      JSONStringStyle("with <, > and / escaped", slash: .uppercase, ascii: "<>", .uppercase, beyond: separators),
      JSONStringStyle(
        "with backspace and form feed in digits, and <, > and & escaped", ascii: "<>&\u{8}\u{C}", beyond: separators),
      JSONStringStyle("with control characters in digits", ascii: "\u{8}\u{C}"),
      JSONStringStyle("with control characters in digits", ascii: "\u{8}\t\n\u{C}\r"),
      JSONStringStyle(
        "with control characters in uppercase digits", ascii: "\u{8}\t\n\u{C}\r", .uppercase, controls: .uppercase),
    ] + phpFlags + grid

  /// The styles of which the least is said, the plainest first.
  static let plainest = [plain, foundation, ascii, go, php, jackson]

  /// PHP's `JSON_HEX_` flags: what they escape is in uppercase, all else in lowercase.
  private static let phpFlags: [JSONStringStyle] = ["<>&'\"", "<>&", "<>&'", "<>", "'", "&", "\"", "'\""].flatMap {
    characters in
    [(Form.short, true), (.plain, true), (.short, false), (.plain, false)].map { slash, isASCII in
      JSONStringStyle(
        "with its strings spelled as PHP's JSON_HEX flags have it", slash: slash, ascii: characters, .uppercase,
        beyond: isASCII ? allBeyond : separators, .lowercase)
    }
  }

  /// Every combination of what is escaped most often.
  private static let grid: [JSONStringStyle] = [Form.lowercase, .uppercase].flatMap { digits in
    [Form.plain, .short].flatMap { slash in
      [([], [], ""), ([], separators, "<>&"), (allBeyond, [], ""), (allBeyond, [], "<>&")].map { all, some, markup in
        let parts = [
          slash == .short ? "/" : nil, all.isEmpty ? nil : "non-ASCII characters", markup.isEmpty ? nil : "<, > and &",
        ].compactMap { $0 }
        return JSONStringStyle(
          parts.isEmpty ? nil : "with \(parts.joined(separator: ", ")) escaped", slash: slash, ascii: markup, digits,
          beyond: all + some, controls: digits)
      }
    }
  }

  /// One kind of characters spelled otherwise and all else left alone.
  static let single: [JSONStringStyle] = [
    JSONStringStyle(only: "/", .short, phrase: "with / escaped"),
    JSONStringStyle(only: "/", .plain, phrase: "with / not escaped"),
    JSONStringStyle(only: "", beyond: allBeyond, .lowercase, phrase: "with non-ASCII characters escaped"),
    JSONStringStyle(only: "", beyond: allBeyond, .plain, phrase: "with non-ASCII characters not escaped"),
    JSONStringStyle(only: "<>&", beyond: separators, .lowercase, phrase: "with <, > and & escaped"),
    JSONStringStyle(only: "<>&", beyond: separators, .plain, phrase: "with <, > and & not escaped"),
    JSONStringStyle(only: "", beyond: allBeyond, .uppercase, phrase: "with non-ASCII characters escaped in uppercase"),
    JSONStringStyle(only: "<>&", beyond: separators, .uppercase, phrase: "with <, > and & escaped in uppercase"),
    JSONStringStyle(only: "", beyond: [Class.astral...Class.astral], .lowercase, phrase: "with emoji escaped"),
    JSONStringStyle(
      only: "", beyond: [Class.astral...Class.astral], .uppercase, phrase: "with emoji escaped in uppercase"),
    JSONStringStyle(only: "", beyond: [Class.astral...Class.astral], .plain, phrase: "with emoji not escaped"),
    JSONStringStyle(only: "'", .lowercase, phrase: "with ' escaped"),
    JSONStringStyle(only: "\"", .uppercase, phrase: "with \" in digits"),
    JSONStringStyle(only: "", beyond: separators, .lowercase, phrase: "with line separators escaped"),
    JSONStringStyle(only: "", beyond: separators, .plain, phrase: "with line separators not escaped"),
  ]
}
