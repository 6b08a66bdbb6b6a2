/// What an application adds to the language besides its commands.
public struct Vocabulary: Sendable {
  /// Statements to begin with, for a person who has never used the shell: in the welcome and below the overview.
  /// None of them changes anything.
  public var firstSteps: [Command.Example] = []
  /// Those behind them that change something: they are proposed only where nothing is real.
  public var sandboxSteps: [Command.Example] = []
  /// A command that gives items, for advice such as `events list | count`.
  public var source = "open FILE"
  /// How to go through a list that comes in pages, for who would write a loop: `api GET PATH --all …`.
  public var paging: String?
  /// What other tools call something, and what to say to who looks for it.
  public var foreignWords: [String: String] = [:]
  /// How secrets begin: what stands behind is never shown on a terminal.
  public var secretPrefixes: [String] = []
  /// What `--explain` tells of a request, with the columns of a table of them.
  public var plannedRequest: ItemKind?
  /// Pages of help about what is no command. One that has the name of a page of the language's goes before that.
  public var topics: [HelpTopic] = []
  /// The codes of the commands' failures and warnings.
  public var errorCodes: [Failure.Code] = []

  public init(
    firstSteps: [Command.Example] = [], sandboxSteps: [Command.Example] = [], source: String = "open FILE",
    paging: String? = nil, foreignWords: [String: String] = [:],
    secretPrefixes: [String] = [], plannedRequest: ItemKind? = nil, topics: [HelpTopic] = [],
    errorCodes: [Failure.Code] = []
  ) {
    self.firstSteps = firstSteps
    self.sandboxSteps = sandboxSteps
    self.source = source
    self.paging = paging
    self.foreignWords = foreignWords
    self.secretPrefixes = secretPrefixes
    self.plannedRequest = plannedRequest
    self.topics = topics
    self.errorCodes = errorCodes
  }
}
