enum OutputTopic {
  static let topic = HelpTopic(
    name: "output", summary: "how results are shown and kept",
    lines: """
      set-output MODE  auto table expanded lines json jsonl csv; also
                       mittr -o MODE
      auto             a table on a terminal, lines elsewhere
      table            ids and what select names are whole, long texts are
                       cut; what fits no table is shown as expanded
      expanded         one record a block, a field a line, nothing left out
      lines            one item a line: texts as they are, the rest as JSON
      select a b       only these columns
      save FILE        to a file, as its ending says; --force replaces one
      print VALUE      now, in the middle of something
      to json, to csv  text in a format, for a pipe

      Results go to standard output, everything else to standard error. A
      terminal gets no control characters from outside and no secrets.
      """,
    examples: [
      .init(#"[{a: 1, b: 2}, {a: 3}] | select a"#, "a column", gives: "{\"a\":1}\n{\"a\":3}"),
      .init(#"["x", 1, null] | each { . }"#, "lines", gives: "x\n1\nnull"),
      .init(#"{a: [1]} | to json"#, "JSON as text", gives: "{\n  \"a\": [\n    1\n  ]\n}"),
    ])
}
