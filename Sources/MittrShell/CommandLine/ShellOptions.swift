import Basics
import Interpreter
import ShellCommands

/// What the command line says.
struct ShellOptions: Equatable {
  /// The script of `-c`.
  var code: String?
  var sandbox = false
  /// Where the sandbox keeps its data; nil is memory.
  var sandboxFile: String?
  var baseURL: String?
  var timeout: Duration?
  var profile: String?
  var output = RenderingOptions.Mode.auto
  var color = ColourChoice.auto
  /// `NAME=VALUE`, as they stand there.
  var variables: [String] = []
  var check = false
  var test = false
  var reportJUnit: String?
  var dryRun = false
  var yes = false
  var errors = ErrorFormat.text
  var noConfig = false
  /// The script file, unless there is code, and the script's arguments.
  var words: [String] = []

  /// What stands behind the script, or behind the code.
  var scriptArguments: [String] { Array(words.dropFirst(code == nil ? 1 : 0)) }

  /// What they say of the server to talk to.
  var server: ServerOptions {
    ServerOptions(
      usesSandbox: sandbox, sandboxFile: sandboxFile, baseURL: baseURL, timeout: timeout, profile: profile,
      readsConfiguration: !noConfig)
  }
}

extension ShellOptions {
  /// What reading a command line came to.
  enum Parsed {
    case options(ShellOptions)
    /// `--help`, `--version`: text for standard output.
    case answer(String)
    /// A wrong command line: text for standard error.
    case mistake(String)
  }

  static func parsed(_ arguments: [String]) -> Parsed {
    if let options = OptionReader.options(arguments) { return .options(options) }
    return ShellArguments.parsed(arguments)
  }

  /// Text of the command line as a message may quote it: one line that changes nothing on a terminal, without secrets.
  static func shown(_ text: String) -> String {
    let values = SecretValues(in: text)
    return SafeText.escaped(SecretMask(prefixes: CommandRegistry.shell.vocabulary.secretPrefixes).masked(values.masked))
  }
}
