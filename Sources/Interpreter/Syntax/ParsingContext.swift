/// What a text may refer to besides what it declares itself.
public struct ParsingContext: Sendable {
  public enum Mode: Sendable {
    /// The whole text is there.
    case script
    /// A line is complete when it could be run.
    case interactive
  }

  /// Variables that are always there: the script's arguments, the environment, a function's input, the last result.
  public static let predefinedVariables: Set<String> = ["args", "env", "in", "_"]

  public let registry: CommandRegistry
  public var variables: Set<String>
  public var functions: Set<String>
  /// What is known of those functions.
  var declarations: [String: FunctionDeclaration] = [:]
  public var mode: Mode
  /// Reads a file that a `source` names, so that what it defines is known; nil when it cannot be read.
  public var readFile: (@Sendable (String) -> [UInt8]?)?

  public init(
    registry: CommandRegistry, variables: Set<String> = [], functions: Set<String> = [], mode: Mode = .script,
    readFile: (@Sendable (String) -> [UInt8]?)? = nil
  ) {
    self.registry = registry
    self.variables = variables
    self.functions = functions
    self.mode = mode
    self.readFile = readFile
  }
}
