import OrderedJSON

enum BucketCommand {
  private static let width = Parameter.positional(
    "duration", .duration(atLeast: .milliseconds(1)), "how long an interval is, such as 10m, 1h or 1d")

  static let command = Command(
    "bucket", topic: .text, "tells when the interval began that a time lies in: the start of its hour, its day …",
    discussion: """
      A text gives a text by the same clocks, so that bucket 1d is the midnight there, and a number of seconds since 1970 \
      a number, in UTC. Intervals are counted from midnight of 1970-01-01; whole weeks begin on \
      Monday. Null stays null.
      """,
    input: .required, result: .asInput, parameters: [width],
    searchWords: ["date_trunc", "time_bucket", "truncate", "floor", "resample", "bin", "interval"],
    examples: [
      .init(#""2026-01-31T12:34:56+02:00" | bucket 1h"#, "the start of the hour", gives: "2026-01-31T12:00:00+02:00"),
      .init("1767227399 | bucket 10m", "of seconds since 1970", gives: "1767226800"),
      .init(
        #"[{at: "2026-01-31T12:34:56.789Z"}] | each { .at | bucket 1d }"#, "the day", gives: "2026-01-31T00:00:00.000Z"),
    ]
  ) { call throws(Interruption) in
    let width = try await call.value(width).inMilliseconds
    return try await call.eachTime { time throws(Failure) in
      var time = time
      time.moveToStart(ofInterval: width)
      guard time.isInRange else { throw .outOfTime }
      return time.value
    }
  }
}
