enum StringsTopic {
  static let topic = HelpTopic(
    name: "strings", summary: "texts, quotes and what is put into them",
    lines: #"""
      "…"              JSON's escapes (\n \t \" \\ \u00e9), and \(expression)
      '…'              nothing is escaped: for patterns and Windows paths
      word             where an argument is expected, quotes may be left out
      @file @-         as an argument: a file's text, standard input
      + joins texts; a text in quotes may go on over line breaks.

      upper lower trim split join replace length parse change them;
      contains starts-with ends-with like =~ compare them.
      """#,
    examples: [
      .init(#"let n = 3; "\($n) events, \($n * 2) tries""#, "an interpolation", gives: "3 events, 6 tries"),
      .init(#""a,b" | split ",""#, "pieces", gives: #"["a","b"]"#),
      .init(#""order.created" =~ '^order\.'"#, "a pattern", gives: "true"),
      .init(#""id=7" | parse "id={id}" | get id"#, "parts of a text", gives: "7"),
    ])
}
