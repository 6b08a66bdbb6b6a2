enum PipesTopic {
  static let topic = HelpTopic(
    name: "pipes", summary: "how items go from one command to the next",
    lines: """
      a | b | c        items move one at a time, none before it is needed
      where CONDITION  keeps items; . is the item
      each { … }       runs a block for each item; what it yields goes on
      first N          stops all commands before it when it has enough
      ( a | b )        a pipeline's result as a value
      let x = a | b    keeps it: a stream becomes a list

      A list piped into a command gives its items one by one. A command
      yields one value or a stream: its help says which. sort-by, group-by,
      last, reverse, uniq and let hold all items; the others do not.
      """,
    examples: [
      .init("[3, 1, 2] | where . > 1 | sort-by", "keep, then sort", gives: "2\n3"),
      .init("[1, 2] | each { . * 10 } | sum", "compute, then add up", gives: "30"),
      .init("([1, 2] | count) + 1", "a result in an expression", gives: "3"),
    ])
}
