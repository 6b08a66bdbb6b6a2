/// What an application adds to the language besides its commands.
public struct Vocabulary: Sendable {
  /// Statements to begin with, for somebody who has never used the shell: in the welcome and below the overview.
  public var firstSteps: [Command.Example] = []
  /// A command that gives items, for advice such as `events list | count`.
  public var source = "open FILE"
  /// What other tools call something, and what to say to who looks for it.
  public var foreignWords: [String: String] = [:]
  /// How secrets begin: what stands behind is never shown on a terminal.
  public var secretPrefixes: [String] = []
  /// The codes of the commands' failures and warnings.
  public var errorCodes: [Failure.Code] = []

  public init(
    firstSteps: [Command.Example] = [], source: String = "open FILE", foreignWords: [String: String] = [:],
    secretPrefixes: [String] = [], errorCodes: [Failure.Code] = []
  ) {
    self.firstSteps = firstSteps
    self.source = source
    self.foreignWords = foreignWords
    self.secretPrefixes = secretPrefixes
    self.errorCodes = errorCodes
  }
}
