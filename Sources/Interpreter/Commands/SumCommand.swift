import OrderedJSON

enum SumCommand {
  private static let path = Parameter.optionalPath("path", "what to add up of each item; without it, the items")

  static let command = Command(
    "sum", topic: .streams, "adds up numbers; null counts as nothing",
    input: .required, result: .value, parameters: [path],
    examples: [
      .init("[1, 2, 3.5] | sum", "of the items themselves"),
      .init("[{amount: 100}, {amount: 50}, {}] | sum .amount", "of a field"),
    ]
  ) { call throws(Interruption) in
    let paths = call.paths(path)
    let input = call.requiredInput
    var total = JSONValue.number(JSONNumber(0))
    while let item = try await input.next() {
      let value = try paths.value(in: item)
      guard !value.isNull else { continue }
      do throws(Failure) {
        total = try Operators.arithmetic(.add, total, value)
      } catch {
        await input.close()
        throw .failure(error)
      }
    }
    paths.finish()
    return .value(total)
  }
}
