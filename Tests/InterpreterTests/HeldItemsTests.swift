import OrderedJSON
import Testing

@testable import Interpreter

@Suite("Items that are held")
struct HeldItemsTests {
  /// Five items, of which three may be held.
  private static let five = Command(
    "five", topic: .streams, "makes five", input: .none, result: .stream, examples: []
  ) { _ throws(Interruption) in
    let stream = ItemStream((1...5).map { .number(JSONNumber($0)) })
    stream.mostHeld = 3
    return .stream(stream)
  }

  @Test(
    "A stage takes no more than a list may have",
    arguments: ["reverse", "sort-by .", "group-by .", "collect", "last 4", "slice -4", "slice 0 -4"])
  func tooMany(stage: String) async {
    let run = await ScriptRun("five | \(stage)", extra: [Self.five])
    #expect(run.status == 1)
    #expect(run.output == "")
    #expect(run.errors.contains("error[too-large]: more than 3 items would be held"), "\(run.errors)")
    #expect(run.errors.contains("where or first N lets fewer through"), "\(run.errors)")
  }

  @Test(
    "What holds fewer goes on",
    arguments: [
      ("first 3 | collect | count", "3\n"), ("last 3 | count", "3\n"), ("count", "5\n"), ("slice 1 4 | count", "3\n"),
      ("slice 0 -3 | count", "2\n"),
    ])
  func fewer(stages: String, output: String) async {
    let run = await ScriptRun("five | \(stages)", extra: [Self.five])
    #expect(run.output == output, "\(run.errors)")
  }
}
