extension Session {
  /// A session with the same commands, settings, functions and services, and variables of its own: for what is run beside a
  /// statement, whose results and messages go elsewhere.
  ///
  /// Services are shared. A caller that runs both at once must know that the services which are used allow it.
  public func sibling(host: any SessionHost) -> Session {
    let session = Session(registry: registry, host: host, options: options)
    session.services = services
    session.functions = functions
    session.mutated = mutated
    return session
  }

  /// What a text yields, which is not shown.
  /// - Throws: the first error of the text, too.
  public func output(of source: SourceText) async throws(Interruption) -> Output {
    let result = Parser.parse(source, in: parsingContext(.script))
    if let error = result.diagnostics.first(where: { $0.severity == .error }) {
      throw .failure(Failure(error.code, error.message, at: error.span, help: error.help))
    }
    mutated.formUnion(result.program.mutated)
    return try await Evaluator(session: self, source: source).output(of: result.program.block, in: globals, item: nil)
  }
}
