public import OrderedJSON

/// What completion knows of a session, at one moment: it may be used on another thread while the session waits.
public struct CompletionContext: Sendable {
  public let registry: CommandRegistry
  /// The variables and what they hold.
  public var variables: [String: JSONValue]
  /// The variables whose values are made only when a script asks for them: lists of records of these kinds.
  public var provided: [String: ItemKind] = [:]
  /// The functions of the session.
  var functions: [String: FunctionDeclaration] = [:]
  let recent: RecentItems?
  var host: (any CompletionHost)?

  public init(
    registry: CommandRegistry, variables: [String: JSONValue] = [:],
    recent: RecentItems? = nil, host: (any CompletionHost)? = nil
  ) {
    self.registry = registry
    self.variables = variables
    self.recent = recent
    self.host = host
  }

  /// What a session knows now.
  public init(_ session: Session, host: (any CompletionHost)? = nil) {
    self.init(
      registry: session.registry, variables: session.globals.bound, recent: session.recent, host: host)
    functions = session.functions.mapValues { $0.declaration }
    provided = session.globals.providedKinds
  }

  /// The same without the machine: for what is asked with each key.
  public var withoutHost: CompletionContext {
    var context = self
    context.host = nil
    return context
  }

  /// The names of all variables.
  public var variableNames: Set<String> { Set(variables.keys).union(provided.keys) }
}

/// What completion may ask of the machine, which answers at once: a seam for the host.
public protocol CompletionHost: Sendable {
  /// The entries of a folder whose names begin with a text; of a folder with very many entries not all.
  /// - Parameter folder: as a script writes it, with a slash at its end; empty for the current one.
  func entries(of folder: String, startingWith prefix: String) -> [CompletedFile]
  /// The names of one sort, such as `profile`.
  func names(_ sort: String) -> [String]
}

/// An entry of a folder.
public struct CompletedFile: Sendable, Hashable {
  public let name: String
  public let isFolder: Bool

  public init(_ name: String, isFolder: Bool) {
    self.name = name
    self.isFolder = isFolder
  }
}
