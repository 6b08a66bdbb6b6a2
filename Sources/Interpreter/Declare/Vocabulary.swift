/// What an application adds to the language besides its commands.
public struct Vocabulary: Sendable {
  /// Statements to begin with, for a person who has never used the shell: in the welcome and below the overview.
  public var firstSteps: [Command.Example] = []
  /// A command that gives items, for advice such as `events list | count`.
  public var source = "open FILE"
  /// What other tools call something, and what to say to who looks for it.
  public var foreignWords: [String: String] = [:]
  /// How secrets begin: what stands behind is never shown on a terminal.
  public var secretPrefixes: [String] = []
  /// What `--explain` tells of a request, with the columns of a table of them.
  public var plannedRequest: ItemKind?
  /// The codes of the commands' failures and warnings.
  public var errorCodes: [Failure.Code] = []

  public init(
    firstSteps: [Command.Example] = [], source: String = "open FILE", foreignWords: [String: String] = [:],
    secretPrefixes: [String] = [], plannedRequest: ItemKind? = nil, errorCodes: [Failure.Code] = []
  ) {
    self.firstSteps = firstSteps
    self.source = source
    self.foreignWords = foreignWords
    self.secretPrefixes = secretPrefixes
    self.plannedRequest = plannedRequest
    self.errorCodes = errorCodes
  }
}
