enum TimeTopic {
  static let topic = HelpTopic(
    name: "time", summary: "times and durations",
    lines: """
      A time is text, as the server has it: 2026-01-31T12:00:00.000Z
      A duration is a word: 250ms 30s 5m 2h 7d

      now              the time now; ago 2h a time that has passed
      --since 2h       that long ago; --since 2026-01-31 at its midnight
      parse time       seconds since 1970, to count with
      format time      a time as a person reads it
      bucket 1h        the start of a time's hour; shift 5m moves a time

      Two times are compared by the instant that they name, whatever their
      offsets and fractions; == compares their texts.
      """,
    examples: [
      .init(#""1970-01-01T00:01:00Z" | parse time"#, "seconds", gives: "60"),
      .init(#""1970-01-01T01:01:00+01:00" | parse time"#, "the same instant", gives: "60"),
      .init(
        #"("1970-01-02T00:00:00Z" | parse time) - ("1970-01-01T23:00:00Z" | parse time)"#, "an hour", gives: "3600"),
    ])
}
