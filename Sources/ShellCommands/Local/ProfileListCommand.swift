import Interpreter
import OrderedJSON

enum ProfileListCommand {
  static let command = Command(
    "profile list", topic: .shell, "lists the profiles of the configuration file, their keys masked",
    input: .none, result: .stream, itemKind: .profile,
    searchWords: ["accounts", "environments", "config"],
    examples: [
      .init("profile list", "all of them; the one in use is active"),
      .init("profile list | where .active | get name", "the name of the one in use"),
    ]
  ) { call throws(Interruption) in
    .stream(ItemStream(try call.profiles().map { $0.record }, kind: .profile))
  }
}
