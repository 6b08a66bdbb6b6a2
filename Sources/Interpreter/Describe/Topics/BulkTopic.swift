enum BulkTopic {
  static let topic = HelpTopic(
    name: "bulk", summary: "changing many things, and going on after failures",
    lines: """
      Items from a pipe give one record each, in their order: {id, ok, …}, or
      {id, ok: false, error: {code, message, status}}. One that fails does not
      stop the others; the statement ends with status 3 then.

      --dry-run        only tells what would be done
      --explain        only tells which requests would be sent
      --concurrency N  how many at a time
      --journal FILE   notes what is done; run again, it goes on from there
      --on-error stop  stops at the first failure
      --yes            asks nothing

      Begin with a few: | first 3 before the command that changes things.
      Look at what failed: | where not .ok | select id error.code
      Nothing whose answer was lost is repeated silently.
      """,
    examples: [
      .init(
        #"[{id: 1, ok: true}, {id: 2, ok: false, error: {code: "GONE"}}] | where not .ok | select id error.code"#,
        "what failed, and why", gives: #"{"id":2,"error.code":"GONE"}"#)
    ])
}
