import TestSupport
import Testing

@testable import MittrShell

@Suite("Which pager is meant")
struct PagerCommandTests {
  private func text(_ environment: [String: String]) -> String? {
    PagerCommand(["TERM": "xterm"].merging(environment) { $1 })?.text
  }

  @Test("MITTR_PAGER goes before PAGER, and PAGER before less; an empty one and cat are none")
  func choice() throws {
    let folder = try TemporaryFolder()
    _ = folder.write("", to: "less", mode: 0o700)
    #expect(text(["PATH": folder.path]) == "less")
    #expect(text(["PATH": "/nonexistent"]) == nil)
    #expect(text(["PATH": folder.path, "PAGER": "more -e"]) == "more -e")
    #expect(text(["PAGER": "more", "MITTR_PAGER": "less -S"]) == "less -S")
    for none in ["", " ", "cat"] {
      #expect(text(["PATH": folder.path, "PAGER": none]) == nil)
      #expect(text(["PAGER": "more", "MITTR_PAGER": none]) == nil)
    }
  }

  @Test("A terminal that cannot move its cursor, or is none, has no pager")
  func terminals() {
    #expect(PagerCommand(["PAGER": "more"])?.text == nil)
    #expect(text(["PAGER": "more", "TERM": "dumb"]) == nil)
  }

  @Test("less shows colours and UTF-8 unless its user wants it otherwise, and gets to know no secret")
  func environment() throws {
    let command = try #require(
      PagerCommand(["TERM": "xterm", "PAGER": "x", "MITTR_API_KEY": "a", "MITTR_WEBHOOK_SECRET": "b", "HOME": "/h"]))
    #expect(
      command.environment == ["TERM": "xterm", "PAGER": "x", "HOME": "/h", "LESS": "FRX", "LESSCHARSET": "utf-8"])
    let own = try #require(PagerCommand(["TERM": "xterm", "PAGER": "x", "LESS": "R", "LESSCHARSET": "latin1"]))
    #expect(own.environment["LESS"] == "R" && own.environment["LESSCHARSET"] == "latin1")
  }
}
