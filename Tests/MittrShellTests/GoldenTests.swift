import Foundation
import Interpreter
import MittrSandbox
import Testing

@testable import MittrShell

@Suite("Golden")
struct GoldenTests {
  @Test("A script prints what is recorded beside it", arguments: GoldenCase.all)
  func golden(golden: GoldenCase) async throws {
    let result = try await InProcessShell.run(
      golden.options + [golden.scriptName], folder: golden.caseFolder, environment: golden.environment,
      standardInput: "from standard input\n")
    let actual = GoldenCase.Result(output: result.output, errors: result.errors, status: result.status)
    if ProcessInfo.processInfo.environment["MITTR_RECORD"] == "1" {
      if golden.expected != actual { try golden.record(actual) }
      return
    }
    let expected = try #require(golden.expected, "nothing is recorded for \(golden.name); run scripts/record")
    #expect(actual.output == expected.output)
    #expect(actual.errors == expected.errors)
    #expect(actual.status == expected.status)
  }

  @Test("Every expectation belongs to a script")
  func orphans() { #expect(GoldenCase.orphans == []) }

  @Test("There are cases")
  func count() { #expect(GoldenCase.all.count >= 600) }
}
