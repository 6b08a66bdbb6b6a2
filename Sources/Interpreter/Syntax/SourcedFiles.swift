import OrderedJSON

/// The files that a text names with `source`, each parsed once, for the names that they define.
final class SourcedFiles {
  enum Outcome {
    /// It cannot be read now: the script may make it before it needs it.
    case unreadable
    /// It is being parsed already: it names itself, directly or through others.
    case beingParsed
    case faulty(first: Diagnostic, in: SourceText)
    case names(variables: Set<String>, functions: Set<String>, signatures: FunctionSignatures, isComplete: Bool)
  }

  /// How many files are looked at for one text.
  private static let limit = 64

  private var outcomes: [String: Outcome] = [:]

  /// - Parameter context: what the file may refer to where it is named.
  func outcome(of path: String, in context: ParsingContext) -> Outcome {
    if let outcome = outcomes[path] { return outcome }
    guard outcomes.count < Self.limit, let bytes = context.readFile?(path) else {
      if outcomes.count < Self.limit { outcomes[path] = .unreadable }
      return .unreadable
    }
    outcomes[path] = .beingParsed
    let text = SourceText(name: path, path: path, bytes: bytes)
    var context = context
    context.mode = .script
    var parser = Parser(text, context, self)
    let result = parser.result()
    let outcome: Outcome =
      if let first = result.diagnostics.first(where: { $0.severity == .error }) {
        .faulty(first: first, in: text)
      } else {
        .names(
          variables: parser.scopes[0], functions: parser.functions, signatures: parser.signatures,
          isComplete: parser.checksNames)
      }
    outcomes[path] = outcome
    return outcome
  }
}

extension Parser {
  static let scriptVariable = "script"

  /// What `$script` is, unless the text binds it: the file that the text stands in.
  var scriptPlace: JSONValue? {
    guard !scopes.contains(where: { $0.contains(Self.scriptVariable) }) else { return nil }
    guard let path = source.path, let folder = source.folder else { return ["path": nil, "folder": nil] }
    return ["path": .string(path), "folder": .string(folder)]
  }

  /// `source FILE`, named from the folder of this text on. What the file defines is known from here on, if it is named by a constant and can be read.
  mutating func sourceStatement() throws(Stop) -> Statement.Kind {
    let word = token.span
    advance()
    if scopes.count > 1 { mutated.insertAny() }
    let path: Expression
    guard !isAtEndOfStatement else {
      _ = stop(.missingArgument, "'source' needs a file", word, help: "source FILE runs a script here")
      throw unfinished(.source(missing))
    }
    do throws(Stop) { path = try argument(.file) } catch { throw unfinished(.source(error.expression ?? missing)) }
    // What a device or a pipe gives can be read only once.
    guard let constant = path.constant, case .string(let name, _) = constant, !name.hasPrefix("/dev/") else {
      checksNames = false
      return .source(path)
    }
    var inner = context
    inner.variables = scopes[0]
    inner.functions = functions
    switch sources.outcome(of: source.resolved(name), in: inner) {
    case .unreadable, .beingParsed: checksNames = false
    case .faulty(let first, let text):
      checksNames = false
      let position = text.position(of: first.span.start)
      let advice = first.message + (first.help.map { "; \($0)" } ?? "")
      report(
        .sourceFailed, "\(shown(path.span)) has errors", path.span,
        help: "line \(position.line): \(text.secrets(around: first.span).masked(message: advice))")
    case .names(let variables, let defined, let known, let isComplete):
      scopes[0].formUnion(variables)
      functions.formUnion(defined)
      signatures.merge(known)
      checksNames = checksNames && isComplete
    }
    return .source(path)
  }
}
