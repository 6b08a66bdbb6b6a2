import Basics
import OrderedJSON

enum UUIDCommand {
  static let command = Command(
    "uuid", topic: .numbers, "makes a random id: a UUID, version 4",
    discussion: "In lower case, as RFC 9562 writes it. Each time it is another one.",
    input: .none, result: .value,
    searchWords: ["guid", "random", "uuidgen", "id", "v4"],
    examples: [
      .init("uuid", "an id"),
      .init("uuid | length", "its characters", gives: "36"),
      .init("[1, 2] | each { uuid } | uniq | count", "one for each item", gives: "2"),
    ]
  ) { _ throws(Interruption) in .value(.string(UUID.random())) }
}
