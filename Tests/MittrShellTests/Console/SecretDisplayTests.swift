import Foundation
import Testing

@testable import MittrShell

@Suite("An endpoint's secret on a terminal")
struct SecretDisplayTests {
  private static let endpoint = "00000000-0000-4000-8000-000000000004"
  private static let secret = "whsec_00000000000000000000000000000004"
  private static let help =
    "the secret is hidden on a terminal: endpoints get \(endpoint) --show-secret shows it; "
    + "with | get .secret | save FILE it goes to a file\n"
  private static let create = "endpoints create --url http://127.0.0.1:4000/hook"

  private static func run(_ code: String, isTerminal: Bool = true) async throws -> InProcessShell.Result {
    let terminal = TerminalState(isOutputTerminal: isTerminal, isErrorTerminal: isTerminal, columns: 200)
    return try await InProcessShell.run(["-c", code], folder: "/nowhere", terminal: terminal)
  }

  @Test("is hidden, and a line on standard error says how to see it", arguments: ["", "; endpoints get \(endpoint)"])
  func hidden(second: String) async throws {
    let result = try await Self.run(Self.create + second)
    #expect(!result.output.contains(Self.secret) && result.output.contains("whsec_…"))
    #expect(result.errors == String(repeating: Self.help, count: second.isEmpty ? 1 : 2))
    #expect(result.status == 0)
  }

  @Test("of several endpoints is told of once, where lines show it")
  func several() async throws {
    let code = "set-output lines; endpoints list | endpoints get"
    let result = try await Self.run(code)
    #expect(!result.output.contains("whsec_0"))
    #expect(result.errors == Self.help.replacing(Self.endpoint, with: "ID"))
    #expect(try await Self.run("endpoints list | endpoints get").errors == "")
  }

  @Test("is shown when that is asked for, in that statement alone")
  func shown() async throws {
    let result = try await Self.run(
      "\(Self.create) --show-secret | get .secret; endpoints get \(Self.endpoint) --show-secret | select id secret; "
        + "endpoints get \(Self.endpoint) | get .secret")
    #expect(result.output.contains("\(Self.secret)\nid"))
    #expect(result.output.components(separatedBy: Self.secret).count == 3)
    #expect(result.output.hasSuffix("whsec_…\n"))
    #expect(result.errors == "")
  }

  @Test("goes to a pipe as it is, without a word")
  func piped() async throws {
    let result = try await Self.run("\(Self.create) | get .secret", isTerminal: false)
    #expect(result.output == Self.secret + "\n")
    #expect(try await Self.run(Self.create, isTerminal: false).errors == "")
  }
}
