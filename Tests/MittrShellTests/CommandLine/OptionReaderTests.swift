import Interpreter
import TestSupport
import Testing

@testable import MittrShell

@Suite("Reading the command line without the library", .timeLimit(.minutes(2)))
struct OptionReaderTests {
  /// What the library reads of a command line; nil where that is no set of options.
  private static func byLibrary(_ arguments: [String]) -> ShellOptions? {
    guard case .options(let options) = ShellArguments.parsed(arguments) else { return nil }
    return options
  }

  @Test("Whatever it accepts, the library reads as the same options")
  func acceptsTheSame() {
    var random = SplitMix64(seed: 2026)
    var accepted = 0
    for _ in 0..<1500 {
      let arguments = (0..<Int.random(in: 0...6, using: &random)).map { _ in Self.argument(&random) }
      guard let options = OptionReader.options(arguments) else { continue }
      accepted += 1
      #expect(Self.byLibrary(arguments) == options, "\(arguments)")
    }
    // Otherwise this would say nothing.
    #expect(accepted > 300)
  }

  @Test("Each option that has a value takes it behind a space and behind =", arguments: optionValues)
  func eachOption(option: String, value: String) throws {
    for arguments in [[option, value, "-c", "1"], ["\(option)=\(value)", "a.mittr", "x"]] {
      let options = OptionReader.options(arguments)
      #expect(options != nil && options == Self.byLibrary(arguments), "\(arguments)")
    }
  }

  @Test(
    "It reads what scripts and people call mittr with",
    arguments: [
      [], ["-c", "null"], ["--no-config", "-c", "null"], ["a.mittr"], ["a.mittr", "--flag", "x"],
      ["-c", "1", "-c", "--help"],
      ["--sandbox"], ["--sandbox=x.db", "--yes"], ["--profile", "live", "-o", "json", "a.mittr"],
      ["--check", "a.mittr"],
      ["--var", "a=1", "--var=b=2=3", "--dry-run", "-c", "$a"],
      ["--timeout=5s", "--errors", "json", "--color", "never"],
    ])
  func ordinary(arguments: [String]) throws {
    let options = OptionReader.options(arguments)
    #expect(options != nil && options == Self.byLibrary(arguments))
  }

  @Test(
    "It leaves to the library what is wrong, and all that is for help",
    arguments: [
      ["--help"], ["-h"], ["--version"], ["--manual"], ["--completions", "bash"], ["--reference"], ["--test", "tests"],
      ["-c"], ["--profile"], ["--profile", "--yes"], ["--profile="], ["--bogus"], ["--output", "xml"], ["-ojson"],
      ["-o=json"], ["--timeout", "2h"], ["--color=red"], ["--errors", ""], ["--yes=1"], ["--", "a"], ["-"], [""],
      ["--sandbox="], ["--sandbox-file", "x"], ["--generate-completion-script"],
    ])
  func leaves(arguments: [String]) {
    #expect(OptionReader.options(arguments) == nil)
  }

  // MARK: Command lines

  private static let optionValues = [
    ("--base-url", "http://127.0.0.1:1"), ("--timeout", "5s"), ("--profile", "live"), ("--output", "csv"),
    ("--color", "always"), ("--var", "a=b"), ("--errors", "json"),
  ]

  private static let flags = ["--sandbox", "--check", "--dry-run", "--yes", "--no-config"]

  private static let oddities = [
    "-c", "-c=1", "--", "-", "", "=", "--=", "a.mittr", "a b", "json", "auto", "5s", "0", "-1", "--help", "-h",
    "--version",
    "--test", "--sandbox=a.db", "--sandbox=", "--sandbox==", "--sandbox-file", "--sandbox-file=x", "-o", "-ojson",
    "-o=json",
    "-yo", "--manual", "--reference", "--completions", "--completions=zsh", "--generate-completion-script",
    "--experimental-dump-help", "--yes=true", "--no-yes", "--var=", "--var==", "--bogus", "-x", "--out", "--output",
    "--Yes", "--profile", "--profile==x", "\u{301}", "-\u{301}", "--profile=\u{301}x", "é",
  ]

  private static func argument(_ random: inout SplitMix64) -> String {
    let (option, value) = optionValues[Int.random(in: 0..<optionValues.count, using: &random)]
    switch Int.random(in: 0..<10, using: &random) {
    case 0...2: return flags[Int.random(in: 0..<flags.count, using: &random)]
    case 3...6: return "\(option)=\(value)"
    case 7: return option
    case 8: return value
    default: return oddities[Int.random(in: 0..<oddities.count, using: &random)]
    }
  }
}
