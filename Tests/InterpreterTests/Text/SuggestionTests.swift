import Testing

@testable import Interpreter

@Suite("Suggestions")
struct SuggestionTests {
  private static let names = [
    "where", "each", "select", "get", "first", "last", "skip", "one", "count", "sum", "min", "max", "sort-by",
    "group-by",
    "uniq", "reverse", "flatten", "enumerate", "with", "without", "keys", "values", "collect", "tee", "any", "all",
    "floor",
    "ceil", "upper", "lower", "from json", "to json", "from-entries", "entries", "split", "join", "open", "starts-with",
    "ends-with", "enable", "disable", "asc", "desc", "include", "exclude", "enabled", "disabled",
  ]

  @Test(
    "The nearest name is suggested",
    arguments: [
      ("frist", "first"), ("fist", "first"), ("lst", "last"), ("lat", "last"), ("wher", "where"), ("whree", "where"),
      ("uper", "upper"), ("uppr", "upper"), ("loewr", "lower"), ("lwer", "lower"), ("mn", "min"), ("mni", "min"),
      ("mx", "max"), ("mxa", "max"), ("kyes", "keys"), ("vals", "values"), ("valuse", "values"), ("wihtout", "without"),
      ("withot", "without"), ("wtih", "with"), ("flor", "floor"), ("cel", "ceil"), ("sort", "sort-by"),
      ("colect", "collect"),
      ("COUNT", "count"), ("Where", "where"), ("Min", "min"), ("WITHOUT", "without"), ("from jsn", "from json"),
      ("to jsn", "to json"), ("stats-with", "starts-with"), ("end-with", "ends-with"), ("disabel", "disable"),
      ("enabel", "enable"), ("exlude", "exclude"), ("inlcude", "include"), ("revers", "reverse"), ("group", "group-by"),
    ])
  func nearest(typed: String, expected: String) {
    #expect(Suggestion.nearest(to: typed, among: Self.names) == expected)
  }

  @Test(
    "What means the contrary is never suggested",
    arguments: [
      ("min", "max"), ("max", "min"), ("mix", "max"), ("mix", "min"), ("mam", "min"), ("first", "last"),
      ("upper", "lower"),
      ("uppper", "lower"), ("lower", "upper"), ("with", "without"), ("without", "with"), ("keys", "values"),
      ("starts-with", "ends-with"), ("ends-with", "starts-with"), ("start-with", "ends-with"), ("any", "all"),
      ("all", "any"),
      ("floor", "ceil"), ("from json", "to json"), ("to json", "from json"), ("from jsn", "to json"), ("asc", "desc"),
      ("desc", "asc"), ("ascending", "descending"), ("descendin", "ascending"), ("enable", "disable"),
      ("disable", "enable"),
      ("enabled", "disabled"), ("true", "false"), ("list", "delete"), ("get", "delete"), ("get", "set"),
      ("include", "exclude"),
      ("excluded", "included"), ("encode", "decode"), ("import", "export"), ("unflatten", "flatten"),
      ("flatten", "unflatten"),
      ("unflaten", "flatten"), ("invalid", "valid"), ("no-payload", "payload"), ("payload", "no-payload"),
      ("not-any", "any"), ("minRetries", "maxRetries"), ("firstSeen", "lastSeen"), ("sort-asc", "sort-desc"),
      ("gte", "lte"),
      ("lt", "gt"), ("older", "newer"), ("lock", "unlock"), ("attach", "detach"), ("inner", "outer"), ("on", "off"),
      ("read", "write"), ("open", "close"), ("select", "reject"), ("reject", "select"), ("disabled", "enabled"),
    ])
  func contraries(typed: String, contrary: String) {
    #expect(Suggestion.nearest(to: typed, among: [contrary]) == nil)
  }

  private static func changing(_ name: String) -> Command {
    Command(name, topic: .shell, "changes", input: .optional, result: .nothing, changesData: true, examples: []) {
      _ throws(Interruption) in .nothing
    }
  }

  @Test(
    "A command that changes something is never suggested",
    arguments: [
      "repaly evt_1", "REPLAY evt_1", "replays evt_1", "replayed", "rep", "repeaty", "relay e", "endpoints delet e",
      "endpoints deleted e", "endpoints dele e", "endpoints del e", "sned", "sav x", "delete x", "remov",
      "[1] | saev x", "[1] | SAVE x", "endpoints updat", "endpoints uptade", "Endpoints Delete x",
    ])
  func changes(script: String) async {
    let names = ["replay", "endpoints delete", "endpoints update", "events send", "events delete"]
    let run = await ScriptRun(script, extra: names.map(Self.changing))
    let found = run.errors.split(separator: "\n").last.map { $0.split(separator: "^ ").last ?? "" } ?? ""
    #expect(run.status == 2)
    for name in names + ["save"] { #expect(!found.contains("mean \(name)"), "\(run.errors)") }
  }

  @Test("Capitals are told, whatever the command does", arguments: ["REPLAY evt_1", "[1] | Count", "Help"])
  func capitals(script: String) async {
    let run = await ScriptRun(script, extra: [Self.changing("replay")])
    #expect(run.errors.hasSuffix("^ commands are written in small letters\n"), "\(run.errors)")
  }
}
