import Testing

@testable import Interpreter

@Suite("Secrets")
struct SecretTests {
  @Test(
    "are found behind what names them, misspelled and unfinished too",
    arguments: [
      ("verify --secret hunter2 --now 1", ["hunter2"]), ("verify --secrte hunter2", ["hunter2"]),
      ("verify --secert=hunter2", ["hunter2"]), ("verify --sceret 'hun ter2'", ["hun ter2"]),
      ("verify –secret hunter2", ["hunter2"]), ("verify --webhook-secret \"a\\\"b\" x", ["a\\\"b"]),
      ("verify --secret \"hunter2", ["hunter2"]), ("verify --secret a+b/c== | x", ["a+b/c=="]),
      ("verify --secret (\"a\" + \"b\")", ["\"a\" + \"b\""]), ("verify --secret \\\n  hunter2", ["hunter2"]),
      ("verify --secret hunter2; verify --secret hunter3", ["hunter2", "hunter3"]),
      ("let secret = \"hunter2\"", ["hunter2"]), ("set api_key = 'hunter2' + \"x\"", ["hunter2", "x"]),
      ("{\"secret\": \"hunter2\", \"a\": \"b\"}", ["hunter2"]), ("{secret: hunter2}", ["hunter2"]),
      ("{apiKey:\n \"hunter2\"", ["hunter2"]), ("where .secret == \"hunter2\"", ["hunter2"]),
      ("with .secret \"hunter2\"", ["hunter2"]), ("{accessToken: 12345}", ["12345"]),
      ("api GET /x --header \"Authorization: Bearer hunter2\"", ["Bearer", "hunter2"]),
      ("def f(secret = \"hunter2\") { }", ["hunter2"]), ("{secrets: [\"a\", \"b\"]}", ["\"a\", \"b\""]),
      ("verify --secret", []), ("verify --secret --now 1", []), ("verify --secret $env.X", []),
      ("verify --secret @file", []), ("verify --secret-file keys.txt", []), ("endpoints list | select id secret", []),
      ("let secret = endpoints get ep_1 | get .secret", []), ("{secret: null, secretary: $x}", []),
      ("events list --select x --since 2h | sort-by .key", []), ("let x = $e.secret; print \"y\"", []),
      ("--secret \u{0}", ["\u{0}"]), ("\"\\", []), ("{secret: (\"a\"", ["\"a\""]), ("--secret \"a\\", ["a\\"]),
    ] as [(String, [String])])
  func found(text: String, values: [String]) { #expect(SecretValues(in: text).texts == values) }

  @Test("are looked for in any text without a trap", arguments: 0..<200)
  func anyText(seed: Int) {
    var random = SystemRandomNumberGenerator()
    let parts = [
      "--secret", "secret", ":", "=", " ", "\"", "'", "(", ")", "[", "]", "{", "}", "\\", "\n", "$x", "@", ".", "é",
      ",",
      ";", "|", "-", "–", "hunter2", "\\(", "==",
    ]
    let text = (0..<20).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    let values = SecretValues(in: text)
    for (span, next) in zip(values.spans, values.spans.dropFirst()) { #expect(span.end <= next.start, "\(text)") }
    #expect(values.spans.allSatisfy { $0.start < $0.end && $0.end <= text.utf8.count }, "\(text)")
    _ = values.masked
  }

  @Test(
    "of Mittr's own are hidden wherever they stand, with all their letters",
    arguments: [
      ("xwhsec_abc+d/e==,", "xwhsec_…,"), (#"\nwhsec_abc"#, #"\nwhsec_…"#), ("mtr_live.abc. Then", "mtr_…. Then"),
      ("whsec_", "whsec_"), ("a_b whsec_x_y mtr_z", "a_b whsec_… mtr_…"), ("whsec_%2Fa", "whsec_…"), ("", ""),
    ])
  func ownLook(text: String, masked: String) {
    #expect(SecretMask(prefixes: ["whsec_", "mtr_"]).masked(text) == masked)
  }

  @Test("are shown once they are asked for, whole and those alone, and hidden again")
  func revealed() {
    var options = RenderingOptions()
    options.secretPrefixes = ["whsec_"]
    options.hide([#"hunter"2"#])
    options.reveal(["whsec_abc", #"hunter"2"#])
    let text = #"whsec_abc whsec_abcd whsec_ab hunter"2 hunter\"2"#
    #expect(options.masked(text) == #"whsec_abc whsec_… whsec_… hunter"2 hunter\"2"#)
    options.endRevealing()
    #expect(options.masked(text) == "whsec_… whsec_… whsec_… … …")
  }

  @Test("are hidden as they are and as JSON writes them, the longer before the shorter")
  func known() {
    let options = RenderingOptions()
    options.learn(["hunter", #"hunter"2\"#, "short", "a"])
    #expect(options.masked(#"hunter"2\ hunter hunter\"2\\ short"#) == "… … … short")
    #expect(options.holdsSecret("xhunterx") && !options.holdsSecret("hunte"))
  }

  @Test(
    "are not shown by an error, neither in its line nor in its message",
    arguments: [
      "verify --secret hunter2hunter2 --bogus", "verify --secrte hunter2hunter2",
      "verify --secret hunter2hunter2 extra |",
      "nope --secret hunter2hunter2", "{secret: \"hunter2hunter2\"} | get .a.b.c | nope",
      "let secret = \"hunter2hunter2", "sign --secret \"hunter2hunter2\" --timestamp hunter2hunter2 (",
      "\"a\" | with .secret \"hunter2hunter2\" -",
    ])
  func errors(code: String) async {
    for isJSON in [false, true] {
      let run = await ScriptRun(code) { $0.options.reportsJSON = isJSON }
      #expect(!run.errors.isEmpty)
      #expect(!run.errors.contains("hunter2"), "\(run.errors)")
    }
  }
}
