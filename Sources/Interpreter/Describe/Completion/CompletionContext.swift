public import OrderedJSON

/// What completion knows of a session, at one moment: it may be used on another thread while the session waits.
public struct CompletionContext: Sendable {
  public let registry: CommandRegistry
  /// The variables and what they hold.
  public var variables: [String: JSONValue]
  /// The functions and their parameters.
  public var functions: [String: [String]]
  let recent: RecentItems?
  let host: (any CompletionHost)?

  public init(
    registry: CommandRegistry, variables: [String: JSONValue] = [:], functions: [String: [String]] = [:],
    recent: RecentItems? = nil, host: (any CompletionHost)? = nil
  ) {
    self.registry = registry
    self.variables = variables
    self.functions = functions
    self.recent = recent
    self.host = host
  }

  /// What a session knows now.
  public init(_ session: Session, host: (any CompletionHost)? = nil) {
    var variables: [String: JSONValue] = [:]
    for name in session.globals.names { variables[name] = session.globals[name] }
    self.init(
      registry: session.registry, variables: variables,
      functions: session.functions.mapValues { $0.declaration.parameters.map { $0.name } }, recent: session.recent,
      host: host)
  }
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
