import OrderedJSON

enum SkipCommand {
  private static let count = Parameter.positional(
    "n", .integer(in: 0...Int.max), default: 1, "how many", defaultText: "1")

  static let command = Command(
    "skip", topic: .streams, "leaves out the first items",
    input: .required, result: .stream, flow: .kept, parameters: [count],
    examples: [
      .init("[1, 2, 3] | skip 2", "all but the first two"),
      .init("[1, 2, 3, 4] | skip | first 2", "the second and the third"),
    ]
  ) { call throws(Interruption) in
    let count = try await call.value(count)
    let input = call.requiredInput
    var left = count
    return .stream(
      ItemStream(
        kind: input.kind,
        expecting: { wanted in
          // Zero wanted items need no skipped items either. A sum that overflows means no bound.
          let (sum, isTooLarge) = wanted.addingReportingOverflow(count)
          if wanted == 0 { input.expect(atMost: 0) } else if !isTooLarge { input.expect(atMost: sum) }
        },
        cleanUp: { await input.close() },
        pull: { () async throws(Interruption) -> JSONValue? in
          while left > 0 {
            guard try await input.next() != nil else { return nil }
            left -= 1
          }
          return try await input.next()
        }))
  }
}
