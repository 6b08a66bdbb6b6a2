public import ArgumentParser
import Basics
import Interpreter
import ShellCommands

extension RenderingOptions.Mode: ExpressibleByArgument {}

enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never
}

enum ErrorFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
}

/// The value of `--timeout`: from a millisecond to an hour.
struct RequestTimeout: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let duration = Duration(durationText: argument), .milliseconds(1)...Duration.seconds(3600) ~= duration else {
      return nil
    }
    self.duration = duration
  }
}

/// A shell that Tab can be taught in.
enum CompletedShell: String, ExpressibleByArgument, CaseIterable {
  case bash
  case zsh
  case fish

  var script: String {
    switch self {
    case .bash: ShellArguments.completionScript(for: .bash)
    case .zsh: Self.withoutSubcommands(ShellArguments.completionScript(for: .zsh))
    case .fish: ShellArguments.completionScript(for: .fish)
    }
  }

  /// zsh takes one definition of what the remaining words are: that of the script and its arguments, and not beside it
  /// one for subcommands, which there are none of.
  private static func withoutSubcommands(_ script: String) -> String {
    script.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasSuffix(":->command'") && !$0.hasSuffix(":->arg'") }.joined(separator: "\n")
  }
}

/// The command line: each option is declared once, here. What most command lines hold `OptionReader` reads, and faster.
struct ShellArguments: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mittr",
    abstract: "A shell for webhooks: explore the Mittr API, replay what failed, debug signatures.",
    usage: """
      mittr [options]                     interactive; standard input is the script when it is no terminal
      mittr [options] SCRIPT [ARG …]      run a script file
      mittr [options] -c CODE [ARG …]     run code
      mittr --test FILE-or-FOLDER …       run the tests in script files
      """,
    discussion: """
      The API key is read from MITTR_API_KEY or a profile, never from the command line. MITTR_BASE_URL, \
      MITTR_PROJECT_ID and MITTR_WEBHOOK_SECRET are read too.

      Networks are as curl knows them: https_proxy, http_proxy, all_proxy, no_proxy; SSL_CERT_FILE and SSL_CERT_DIR, \
      or ca_file in a profile, name the authorities to trust.

      The interactive shell shows what is taller than the screen in a pager: MITTR_PAGER, else PAGER, else less. cat \
      stands for none.

      Exit status: 0 done; 1 it failed while running; 2 the command line or the script is wrong; 3 a bulk command \
      finished with failed items; 130 interrupted.
      """,
    version: "mittr \(ReleaseVersion.withCommit)")

  @Option(name: .customShort("c"), parsing: .unconditional, help: ArgumentHelp("Run this code.", valueName: "code"))
  var code: String?

  @Flag(help: "Start a local sandbox and use it; --sandbox=FILE keeps it in FILE.")
  var sandbox = false

  @Option(help: .hidden)
  var sandboxFile: String?

  @Option(name: .customLong("base-url"), help: ArgumentHelp("The server to talk to.", valueName: "url"))
  var baseURL: String?

  @Option(
    help: ArgumentHelp("How long a request may take, such as 5s or 2m; 30s unless given.", valueName: "time"))
  var timeout: RequestTimeout?

  @Option(help: ArgumentHelp("Use this profile of the configuration file.", valueName: "name"))
  var profile: String?

  @Option(name: .shortAndLong, help: "How results are written: auto, table, expanded, lines, jsonl, json or csv.")
  var output = RenderingOptions.Mode.auto

  @Option(help: "Colours: auto, always or never.")
  var color = ColourChoice.auto

  @Option(
    name: .customLong("var"), help: ArgumentHelp("Bind a variable to text; may be repeated.", valueName: "name=value"))
  var variables: [String] = []

  @Flag(help: "Report mistakes in the script and run nothing.")
  var check = false

  @Flag(help: "Run the tests in script files, or in folders of them, each on a sandbox of its own.")
  var test = false

  @Option(
    name: .customLong("report-junit"),
    help: ArgumentHelp("With --test: write a report for CI as JUnit XML.", valueName: "file"))
  var reportJUnit: String?

  @Flag(help: "Let commands that change something only tell what they would do.")
  var dryRun = false

  @Flag(help: "Answer all questions with yes.")
  var yes = false

  @Option(help: "How errors are written: text or json.")
  var errors = ErrorFormat.text

  @Flag(help: "Read no configuration file, init.mittr or functions.mittr.")
  var noConfig = false

  @Option(help: "Write what Tab needs to know for bash, zsh or fish.")
  var completions: CompletedShell?

  @Flag(help: "Write the manual page, for man -l -.")
  var manual = false

  /// Writes the reference as Markdown; see `scripts/reference`.
  @Flag(help: .hidden)
  var reference = false

  @Argument(
    parsing: .captureForPassthrough, help: "A script file and its arguments.", completion: .file())
  var words: [String] = []

  /// What they say.
  var options: ShellOptions {
    ShellOptions(
      code: code, sandbox: sandbox || sandboxFile != nil, sandboxFile: sandboxFile, baseURL: baseURL,
      timeout: timeout?.duration, profile: profile, output: output, color: color, variables: variables, check: check,
      test: test, reportJUnit: reportJUnit, dryRun: dryRun, yes: yes, errors: errors, noConfig: noConfig, words: words)
  }

  static func parsed(_ arguments: [String]) -> ShellOptions.Parsed {
    do {
      let read = try read(arguments)
      if let shell = read.completions { return .answer(shell.script) }
      if read.manual { return .answer(manual()) }
      // What is captured for the script hides these two from the parser.
      switch read.code == nil ? read.words.first : nil {
      case "--help", "-h": return .answer(helpMessage(columns: 80) + "\n")
      case "--version": return .answer(configuration.version + "\n")
      default: break
      }
      if read.reference { return .answer(ReferencePage.text(of: .program)) }
      return .options(read.options)
    } catch {
      guard !exitCode(for: error).isSuccess else { return .answer(fullMessage(for: error) + "\n") }
      let message = message(for: error).split(separator: "\n").map { $0.trimmingPrefix("  - ") }.joined(separator: " ")
      return .mistake("mittr: \(ShellOptions.shown(message)); mittr --help lists the options\n")
    }
  }

  /// What stands behind CODE or SCRIPT is the script's, whatever it looks like. The parser knows that of SCRIPT; of CODE it
  /// is seen by what stands before: with no word among that, `-c` is an option of ours.
  private static func read(_ arguments: [String]) throws -> ShellArguments {
    if let mark = arguments.firstIndex(where: { $0 == "-c" || $0.hasPrefix("-c=") }) {
      let end = min(arguments[mark] == "-c" ? mark + 2 : mark + 1, arguments.count)
      var read = try parse(spelledOut(arguments[..<mark]) + arguments[mark..<end])
      if read.words.isEmpty {
        read.words = Array(arguments[end...])
        return read
      }
    }
    var read = try parse(spelledOut(arguments[...]))
    // As they were before anything was spelled out.
    read.words = arguments.suffix(read.words.count)
    if read.words.first == "--" { read.words.removeFirst() }
    return read
  }

  /// `--sandbox=FILE` has an optional value, which the parser does not know: it becomes an option of its own.
  private static func spelledOut(_ arguments: ArraySlice<String>) -> [String] {
    arguments.map { argument in
      argument.hasPrefix("--sandbox=") ? "--sandbox-file=" + argument.dropFirst("--sandbox=".count) : argument
    }
  }
}
