import OrderedJSON
import Testing

/// What the shell prints about a delivery is what it reads of one.
@Suite("verify reads what this shell prints")
struct OwnOutputTests {
  private static let sign = "sign --body @b --secret whsec_test --timestamp 1706123456"
  private static let verify = "--secret whsec_test --now 1706123456 | get .reason"

  private static func reason(_ script: String, body: [UInt8]) async -> String {
    let run = await CommandRun(script, files: ["b": body])
    return run.output + run.errors
  }

  @Test("the headers that sign makes, and its command", arguments: CurlCommandTests.bodies.indices)
  func sign(index: Int) async {
    let body = CurlCommandTests.bodies[index]
    for form in ["record", "headers"] {
      let script = "\(Self.sign) --as \(form) | save h; verify --headers @h --body @b \(Self.verify)"
      #expect(await Self.reason(script, body: body) == "ok\n")
    }
    let curl = "\(Self.sign) --as curl --url http://127.0.0.1:4000/"
    #expect(await Self.reason("\(curl) | save c; verify --request c \(Self.verify)", body: body) == "ok\n")
    #expect(await Self.reason("\(curl) | verify \(Self.verify)", body: body) == "ok\n")
  }

  @Test("sign --as headers answers lines, and refuses what is for curl")
  func lines() async {
    let run = await CommandRun("\(Self.sign) --as headers", files: ["b": Array("{}".utf8)])
    #expect(
      run.output == """
        X-Mittr-Timestamp: 1706123456
        X-Mittr-Signature: v1=25c092a7f7f78f8a93cfcf9ae6a7939c90108be67f88035a79a1388c0a904c1b

        """)
    #expect(
      await CommandRun("sign --body x --secret s --as headers --url http://a").errors.contains("--url is for --as curl")
    )
  }
}
