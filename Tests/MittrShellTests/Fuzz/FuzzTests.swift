import Foundation
import ShellCommands
import Testing

@testable import Interpreter

/// Texts made from a seed: each gives a diagnostic or runs to its end, never a crash and never a wait without end.
///
/// `scripts/fuzz` runs these for longer: `MITTR_FUZZ_SECONDS` and `MITTR_FUZZ_SEED` say how long and from where.
@Suite("Fuzz")
struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["MITTR_FUZZ_SECONDS"].flatMap { Int($0) }
  private static let seed = environment["MITTR_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
  private static let casesPerSeed = 300

  private static let scripts = GoldenCase.all.compactMap { golden in
    FileManager.default.contents(atPath: GoldenCase.folder + "/" + golden.name + ".mittr").map { [UInt8]($0) }
  }
  private static let corpus =
    scripts + CommandRegistry.shell.commands.flatMap { $0.examples.map { Array($0.script.utf8) } }
    + StatementPage.all.flatMap { $0.examples.map { Array($0.script.utf8) } }

  @Test("Random bytes, random words of the language, and right scripts with something wrong in them")
  func generated() async {
    let start = ContinuousClock.now
    var seed = Self.seed
    repeat {
      var generator = FuzzGenerator(seed: seed, corpus: Self.corpus)
      for _ in 0..<Self.casesPerSeed {
        let script = generator.script()
        await FuzzJudge().judge(script, cursor: generator.below(script.count + 1))
      }
      seed += 1
    } while seed < Self.seed + 8 || start.duration(to: .now) < .seconds(Self.seconds ?? 0)
  }

  @Test("Every prefix of every golden script, read as a script or as a line in turn")
  func prefixes() {
    let judge = FuzzJudge()
    for script in Self.scripts {
      // The longest ones only nest more of the same.
      for end in 0...min(script.count, 2000) {
        judge.parse(
          SourceText(name: "fuzz", bytes: Array(script[..<end])), end.isMultiple(of: 2) ? .script : .interactive)
      }
    }
  }
}
