import Basics
import Foundation
import TestSupport
import Testing

@Suite("--version tells the commit that a program was built from")
struct BuiltCommitTests {
  /// A program and what says its commit, so many seconds after it was built.
  private static func commit(_ text: String, in place: String = "bin/mittr.commit", after seconds: Double = 1) throws
    -> String?
  {
    let folder = try TemporaryFolder()
    for name in ["bin", "share", "share/mittr"] {
      try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: false)
    }
    let program = folder.write("", to: "bin/mittr", mode: 0o700)
    let file = folder.write(text, to: place)
    let built = Date(timeIntervalSince1970: 1_700_000_000)
    try FileManager.default.setAttributes([.modificationDate: built], ofItemAtPath: program)
    try FileManager.default.setAttributes([.modificationDate: built + seconds], ofItemAtPath: file)
    return BuiltCommit(ofProgram: program)?.text
  }

  @Test("beside the program after a build, below share where it is installed")
  func places() throws {
    #expect(try Self.commit("0123456789ab\n") == "0123456789ab")
    #expect(try Self.commit("0123456789ab\n", in: "share/mittr/commit", after: 0) == "0123456789ab")
  }

  @Test("changes that were in no commit are told")
  func changes() throws { #expect(try Self.commit("0123456789ab+changes\n") == "0123456789ab+changes") }

  @Test("nothing of a program that was built anew since")
  func stale() throws { #expect(try Self.commit("0123456789ab\n", after: -1) == nil) }

  @Test(
    "nothing that is no commit",
    arguments: [
      "", "\n", "0123", "0123456789AB", "0123456789ab\u{1B}[2J", "main", String(repeating: "a", count: 41), "+changes",
      "0123456789ab+changes+changes", " 0123456789ab",
    ])
  func others(text: String) throws { #expect(try Self.commit(text) == nil) }

  @Test("nothing where there is no file and no program")
  func missing() { #expect(BuiltCommit(ofProgram: "/nonexistent/mittr") == nil) }
}
