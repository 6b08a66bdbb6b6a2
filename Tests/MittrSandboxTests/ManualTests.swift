import Basics
import Testing

@testable import MittrSandbox
@testable import SandboxServer

@Suite("The manual page of mittr-sandbox")
struct ManualTests {
  /// As a reader sees the words.
  private static let words = SandboxCommand.manual().replacing("\\-", with: "-")

  @Test("holds the version, every option and every fault")
  func everything() async throws {
    #expect(Self.words.hasPrefix(".TH MITTR-SANDBOX 1 \"\" \"mittr-sandbox \(ReleaseVersion.text)\"\n"))
    let options = try await Self.written("--help").matches(of: /\n  (?:-h, )?(--[a-z-]+)/).map { String($0.output.1) }
    #expect(options.count > 15 && options.contains("--fault-seed") && options.contains("--manual"))
    for option in options {
      #expect(Self.words.contains("\n.B \(option)") || Self.words.contains(", \(option)\n"), "\(option)")
    }
    for fault in Fault.allCases { #expect(Self.words.contains("\n  \(fault.rawValue) "), "\(fault.rawValue)") }
  }

  @Test("no line of text is taken for a request")
  func requests() {
    let known = [".TH", ".SH", ".PP", ".TP", ".B ", ".nf", ".fi"]
    for line in SandboxCommand.manual().split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(known.contains { line.hasPrefix($0) }, "\(line)")
    }
  }

  @Test("is what --manual writes")
  func program() async throws {
    #expect(try await Self.written("--manual") == SandboxCommand.manual())
  }

  /// What the program writes when all is well.
  private static func written(_ option: String) async throws -> String {
    let program = try Program([option])
    let end = await program.end()
    program.closeInput()
    try #require(end.status == 0 && end.errors == "")
    return end.output
  }
}
