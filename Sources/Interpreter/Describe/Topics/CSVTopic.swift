enum CSVTopic {
  static let topic = HelpTopic(
    name: "csv", summary: "reading and writing CSV and TSV",
    lines: """
      open FILE.csv    one record a line; the first line names the fields
      from csv         the same for text from a pipe
      save FILE.csv    writes records; to csv makes text of them
      -o csv           the results of a whole run: mittr -o csv -c '…'

      What is read is text: 1.10 stays "1.10". parse number makes a number.
      A quoted field may hold commas, quotes (written twice) and line breaks.
      Columns are named by the records; what has no column is an error, so
      that nothing is lost silently.
      """,
    examples: [
      .init(#""id,n\na,10\nb,9" | from csv | get n"#, "fields are text", gives: "10\n9"),
      .init(#""id,n\na,10\nb,9" | from csv | each { .n | parse number } | sum"#, "as numbers", gives: "19"),
      .init(#"[{id: 1, note: "a, b"}] | to csv"#, "quotes where they are needed"),
    ])
}
