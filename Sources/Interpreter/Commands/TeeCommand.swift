enum TeeCommand {
  private static let block = Parameter.positional(
    "block", .block, "statements, run once for each item, which is . in them", isPerItem: true)

  static let command = Command(
    "tee", topic: .streams, "runs statements for each item and passes the item on as it is",
    discussion: "What the statements yield is dropped: they are run for what they do. `each` yields what they yield.",
    input: .required, result: .asInput, flow: .kept, parameters: [block],
    examples: [
      .init(#"[1, 2] | tee { print "item \(.)" } | sum"#, "see what passes"),
      .init("let n = 0; [5, 7] | tee { set n = $n + 1 } | where . > 5; $n", "count what passes"),
    ]
  ) { call throws(Interruption) in
    let block = call.block(block)
    return try await call.eachItem(kind: call.requiredInput.kind) { item throws(Interruption) in
      guard let dropped = try await block?.items(for: item) else { return item }
      while try await dropped.next() != nil {}
      return item
    }
  }
}
