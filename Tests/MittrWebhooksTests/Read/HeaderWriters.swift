import OrderedJSON

/// Ways in which languages and tools print headers, made without the readers' help.
enum HeaderWriters {
  typealias Writer = (name: String, write: @Sendable ([(String, String)]) -> String)

  private static func list(
    _ open: String, _ close: String, by gap: String = ", ", _ item: @escaping @Sendable (String, String) -> String
  ) -> @Sendable ([(String, String)]) -> String {
    { open + $0.map(item).joined(separator: gap) + close }
  }
  private static func variable(_ name: String) -> String {
    let name = name.uppercased().replacing("-", with: "_")
    return name.hasPrefix("CONTENT_") ? name : "HTTP_" + name
  }

  static let all: [Writer] =
    [
      ("lines", list("", "\n", by: "\n") { "\($0): \($1)" }), ("CRLF", list("", "\r\n", by: "\r\n") { "\($0): \($1)" }),
      ("lines with blanks between", list("", "", by: "\n\n") { "\($0):   \($1)  " }),
      ("quoted lines", list("> ", "", by: "\n> ") { "\($0): \($1)" }),
      ("indented lines", list("\t", "", by: "\n\t") { "\($0): \($1)" }),
      ("a list in Markdown", list("- ", "", by: "\n- ") { "`\($0)`: `\($1)`" }),
      ("bold names in Markdown", list("", "", by: "\n") { "**\($0):** \($1)" }),
      ("quoted values", list("", "", by: "\n") { "\($0): \"\($1)\"" }),
      ("a fence", list("```\n", "\n```", by: "\n") { "\($0): \($1)" }),
      ("wrapped at 40 columns", { fields in fields.map { wrapped("\($0.0): \($0.1)", 40) }.joined(separator: "\n") }),
      ("wrapped at 72 columns", { fields in fields.map { wrapped("\($0.0): \($0.1)", 72) }.joined(separator: "\n") }),
      ("in turn", list("", "", by: "\n") { "\($0)\n\($1)" }),
      ("in turn with colons", list("", "", by: "\n") { "\($0.lowercased()):\n\($1)" }),
      ("tabs", list("", "", by: "\n") { "\($0)\t\($1)" }),
      ("blanks", list("Key   Value\n---   -----\n", "", by: "\n") { "\($0)     \($1)" }),
      ("a table in Markdown", list("| Name | Value |\n|---|---|\n", "", by: "\n") { "| \($0) | \($1) |" }),
      ("JSON", { JSONValue.object(JSONObject($0.map { ($0.0, .string($0.1)) })).description }),
      ("JSON of lists", { JSONWriter.pretty.string(.object(JSONObject($0.map { ($0.0, [.string($0.1)]) }))) }),
      (
        "JSON of names and values",
        { JSONValue.array($0.map { ["name": .string($0.0), "value": .string($0.1)] }).description }
      ),
      (
        "JSON of keys and values",
        { JSONValue.array($0.map { ["Key": .string($0.0), "Value": [.string($0.1)]] }).description }
      ),
      ("JSON of pairs", { JSONValue.array($0.map { [.string($0.0), .string($0.1)] }).description }),
      ("JSON of lines", { JSONValue.array($0.map { .string("\($0.0): \($0.1)") }).description }),
      ("a part of JSON", list("  ", "", by: ",\n  ") { "\"\($0)\": \"\($1)\"" }),
      ("Node", list("{\n  ", "\n}", by: ",\n  ") { "'\($0.lowercased())': '\($1)'" }),
      ("Python's dict", list("{", "}") { "'\($0)': '\($1)'" }),
      ("Python's tuples", list("[", "]") { "('\($0)', '\($1)')" }),
      ("Python's bytes", list("[", "]") { "(b'\($0.lowercased())', b'\($1)')" }),
      ("Werkzeug", list("EnvironHeaders([", "])") { "('\($0)', '\($1)')" }),
      ("aiohttp", list("<CIMultiDictProxy(", ")>") { "'\($0)': '\($1)'" }),
      ("Starlette", list("Headers({", "})") { "'\($0.lowercased())': '\($1)'" }),
      ("WSGI", list("{'wsgi.input': <_io.BytesIO object at 0x7f>, ", "}") { "'\(variable($0))': '\($1)'" }),
      ("print_r", list("Array\n(\n    ", "\n)\n", by: "\n    ") { "[\($0)] => \($1)" }),
      (
        "print_r of lists",
        list("Array\n(\n    ", "\n)\n", by: "\n    ") {
          "[\($0.lowercased())] => Array\n        (\n            [0] => \($1)\n        )\n"
        }
      ),
      (
        "print_r of $_SERVER",
        list("Array\n(\n    [PATH] => /bin\n    ", "\n)\n", by: "\n    ") { "[\(variable($0))] => \($1)" }
      ),
      (
        "var_dump",
        list("array(7) {\n  ", "\n}\n", by: "\n  ") { "[\"\($0)\"]=>\n  string(\($1.utf8.count)) \"\($1)\"" }
      ),
      ("var_export", list("array (\n  ", ",\n)", by: ",\n  ") { "'\($0)' => '\($1)'" }),
      ("Go", list("map[", "]", by: " ") { "\($0):[\($1)]" }),
      ("Go's texts", list("map[", "]", by: " ") { "\($0):\($1)" }),
      ("Go's syntax", list("http.Header{", "}") { "\"\($0)\":[]string{\"\($1)\"}" }),
      ("Java", list("{", "}") { "\($0.lowercased())=\($1)" }),
      ("Java's lists", list("{", "}") { "\($0.lowercased())=[\($1)]" }),
      ("Spring", list("[", "]") { "\($0):\"\($1)\"" }), ("Ruby", list("{", "}") { "\"\($0)\"=>\"\($1)\"" }),
      (
        "Rack",
        list("{\"rack.version\"=>[1, 6], \"rack.input\"=>#<StringIO:0x00>, ", "}") {
          "\"\(variable($0))\" => \"\($1)\""
        }
      ),
      ("Perl", list("$VAR1 = {\n  ", "\n};", by: ",\n  ") { "'\($0)' => '\($1)'" }),
      ("Swift", list("[", "]") { "\"\($0)\": \"\($1)\"" }),
      ("Elixir", list("[", "]") { "{\"\($0.lowercased())\", \"\($1)\"}" }),
      ("Rust", list("{", "}") { "\"\($0.lowercased())\": \"\($1)\"" }),
      ("variables", list("", "", by: "\n") { "\(variable($0))=\($1)" }),
      ("exports", list("export ", "", by: "\nexport ") { "\(variable($0))=\"\($1)\"" }),
      ("a log line", list("level=info ", "", by: " ") { "\($0.lowercased())=\($1)" }),
      ("options of curl", list("-H ", "", by: " -H ") { "'\($0): \($1)'" }),
      (
        "flattened keys",
        {
          JSONValue.object(JSONObject($0.map { ("http.request.header.\($0.0.lowercased())", [.string($0.1)]) }))
            .description
        }
      ),
      (
        "prose",
        { fields in
          "It had "
            + fields.filter { $0.0.hasPrefix("X-Mittr-") }.map { "\($0.0) (\($0.1))" }.joined(separator: " and ")
            + "."
        }
      ),
    ] + nested + renamed

  /// Values that are printed as lists of one.
  private static let nested: [Writer] = [
    (
      "var_export of lists",
      list("array (\n  ", ",\n)", by: ",\n  ") { "'\($0.lowercased())' => \n  array (\n    0 => '\($1)',\n  )" }
    ),
    (
      "Laravel's dump",
      list("array:7 [\n  ", "\n]\n", by: "\n  ") { "\"\($0.lowercased())\" => array:1 [\n    0 => \"\($1)\"\n  ]" }
    ),
    (
      "a dump of Symfony's headers",
      list(
        "Symfony\\Component\\HttpFoundation\\HeaderBag {#45\n  #headers: array:7 [\n    ",
        "\n  ]\n  #cacheControl: []\n}\n", by: "\n    "
      ) { "\"\($0.lowercased())\" => array:1 [\n      0 => \"\($1)\"\n    ]" }
    ),
    (
      "var_dump of lists",
      list("array(7) {\n  ", "\n}\n", by: "\n  ") {
        "[\"\($0.lowercased())\"]=>\n  array(1) {\n    [0]=>\n    string(\($1.utf8.count)) \"\($1)\"\n  }"
      }
    ),
    ("Go's lists, a line each", list("", "\n", by: "\n") { "\($0): [\($1)]" }),
    ("lists in YAML", list("", "\n", by: "\n") { "\($0.lowercased()):\n  - \"\($1)\"" }),
    ("lists in YAML, bare", list("", "\n", by: "\n") { "\($0.lowercased()):\n- \($1)" }),
    ("Java's HttpHeaders", list("java.net.http.HttpHeaders@3f { {", "} }") { "\($0.lowercased())=[\($1)]" }),
    ("Ktor", list("Headers [", "]") { "\($0.lowercased())=[\($1)]" }),
    (
      "Wireshark",
      list(
        "Hypertext Transfer Protocol\n    POST /hook HTTP/1.1\\r\\n\n    ", "\\r\\n\n    \\r\\n\n", by: "\\r\\n\n    "
      ) { "\($0): \($1)" }
    ), ("no-break spaces", list("", "\n", by: "\n") { "\($0):\u{A0}\($1)" }),
  ]

  /// Both headers under other names, as proxies hand them on.
  private static let renamed: [Writer] = [
    "X-Original-", "X-Original-X-", "HTTP-X-", "X-Forwarded-", "X-Upstream-X-", "",
  ].flatMap { prefix -> [Writer] in
    let name: @Sendable (String) -> String = { name in
      name.hasPrefix("X-Mittr-") ? prefix + name.dropFirst(2) : name
    }
    return [
      ("renamed, \(prefix), lines", list("", "\n", by: "\n") { "\(name($0)): \($1)" }),
      ("renamed, \(prefix), JSON", list("{", "}") { "\"\(name($0))\": \"\($1)\"" }),
    ]
  }

  private static func wrapped(_ line: String, _ width: Int) -> String {
    var rest = line[...]
    var lines: [Substring] = []
    while rest.count > width {
      lines.append(rest.prefix(width))
      rest = rest.dropFirst(width)
    }
    return (lines + [rest]).joined(separator: "\n")
  }
}
