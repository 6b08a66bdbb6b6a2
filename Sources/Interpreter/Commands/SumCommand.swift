import OrderedJSON

enum SumCommand {
  private static let path = Parameter.optionalPath("path", "what to add up of each item; without it, the items")

  static let command = Command(
    "sum", topic: .streams, "adds up numbers exactly; null counts as nothing",
    discussion: """
      Fractions are added exactly too, in whatever order they come: 0.1 and 0.2 make 0.3. Of whole numbers the sum must \
      fit 64 bits. When more than 38 digits would be needed, the rest is added as + does.
      """,
    input: .required, result: .value, parameters: [path],
    examples: [
      .init("[1, 2, 3.5] | sum", "of the items themselves"),
      .init("[{amount: 100}, {amount: 50}, {}] | sum .amount", "of a field"),
    ]
  ) { call throws(Interruption) in
    let paths = call.paths(path)
    let input = call.requiredInput
    var sum = ExactSum()
    while let item = try await input.next() {
      let value = try paths.value(in: item)
      guard !value.isNull else { continue }
      do throws(Failure) {
        try sum.add(value)
      } catch {
        throw .failure(call.span(of: path).map { error.located(at: $0) } ?? error)
      }
    }
    do throws(Failure) {
      return .value(.number(try sum.total()))
    } catch {
      throw .failure(error)
    }
  }
}
