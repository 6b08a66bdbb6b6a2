import OrderedJSON

extension Evaluator {
  /// Defines a block's functions, which may be called above their definition.
  func hoistFunctions(of block: Block, in scope: Scope) {
    for statement in block.statements {
      if case .function(let declaration) = statement.kind { define(declaration, in: scope) }
    }
  }

  func define(_ declaration: FunctionDeclaration, in scope: Scope) {
    session.functions[declaration.name] = Function(declaration: declaration, source: source, scope: scope)
  }

  /// Keeps a function for later sessions, if it says so.
  func keep(_ declaration: FunctionDeclaration) throws(Interruption) {
    guard declaration.isKept else { return }
    guard let keeper = session[FunctionKeeperKey.self] else {
      throw .failure(
        Failure(
          .notKept, "--keep is for functions that a person types at the prompt", at: declaration.span,
          help: "without it the function is there as long as the script runs; source FILE shares it"))
    }
    let text = "def " + String(decoding: source.bytes[declaration.span.start..<declaration.span.end], as: UTF8.self)
    try Interruption.rethrowing { () throws(Failure) in try keeper.keep(declaration.name, text) }
  }

  func output(
    ofFunction name: String, _ call: CommandCall, input: Output?, in scope: Scope, item: JSONValue?
  ) async throws(Interruption) -> Output {
    guard let function = session.functions[name] else {
      throw .failure(Failure(.unknownCommand, "there is no command '\(name)'", at: call.nameSpan))
    }
    guard depth < Self.maximumDepth else { throw .failure(tooDeep(at: call.nameSpan)) }
    // Functions that call each other twice can go on for longer than anybody lives.
    if Task.isCancelled { throw .cancelled }
    guard input == nil || function.inputUse != .never else {
      throw .failure(Self.takesNoInput(name, at: call.nameSpan))
    }
    let callee = Evaluator(
      session: session, source: function.source, depth: depth + 1, feedsCommand: feedsCommand)
    let inner = Scope(inside: function.scope)
    try await bindArguments(of: call, to: function, in: inner, by: callee, from: scope, item: item)
    if function.inputUse == .streams, case .stream(let stream)? = input {
      inner.input = stream
    } else {
      inner.bind("in", to: try await input?.value() ?? .null)
    }
    let pending = inner.input
    do throws(Interruption) {
      let output = try await callee.output(of: function.declaration.body, in: inner, item: nil)
      if case .stream(let stream) = output {
        return .stream(callee.result(stream, of: function, input: pending))
      }
      await pending?.close()
      return output
    } catch {
      await pending?.close()
      if case .returned(let value, callee.depth) = error { return value.map { .value($0) } ?? .nothing }
      throw error.located(at: function.declaration.span).located(in: function.source)
    }
  }

  /// What a body yields one by one. A `return` on the way ends it, and what it returns comes last.
  private func result(_ stream: ItemStream, of function: Function, input: ItemStream?) -> ItemStream {
    stream.span = stream.span ?? function.declaration.span
    stream.source = stream.source ?? function.source
    var hasReturned = false
    return ItemStream(
      kind: stream.kind, expecting: { stream.expect(atMost: $0) },
      cleanUp: {
        await stream.close()
        // Closed before the body came to its input.
        await input?.close()
      },
      pull: { () async throws(Interruption) -> JSONValue? in
        guard !hasReturned else { return nil }
        do throws(Interruption) {
          return try await stream.next()
        } catch {
          guard case .returned(let value, depth) = error else { throw error }
          hasReturned = true
          return value
        }
      })
  }

  private func bindArguments(
    of call: CommandCall, to function: Function, in inner: Scope, by callee: Evaluator, from scope: Scope,
    item: JSONValue?
  ) async throws(Interruption) {
    let parameters = function.declaration.parameters
    let arguments = FunctionArguments(call.arguments, of: function.declaration.name, parameters, at: call.nameSpan)
    if let mistake = arguments.mistake { throw .failure(mistake) }
    for (parameter, argument) in zip(parameters, arguments.given) {
      guard let argument, case .expression(let expression) = argument.content else { continue }
      let value = try await value(of: expression, scope: scope, item: item)
      if parameter.form == .flag, case .bool = value {
      } else if parameter.form == .flag {
        throw .failure(
          Failure(.badArgument, "--\(parameter.name) is true or false, got \(value.kindWithArticle)", at: argument.span)
        )
      }
      inner.bind(parameter.variable, to: value)
    }
    var rest: [JSONValue] = []
    for case .expression(let expression) in arguments.rest.map({ $0.content }) {
      rest.append(try await value(of: expression, scope: scope, item: item))
    }
    for (parameter, argument) in zip(parameters, arguments.given) where argument == nil {
      switch parameter.form {
      case .rest: inner.bind(parameter.variable, to: .array(rest))
      case .flag: inner.bind(parameter.variable, to: false)
      case .positional, .option: break
      }
      guard let fallback = parameter.fallback else { continue }
      do throws(Interruption) {
        inner.bind(parameter.variable, to: try await callee.feeding(false).value(of: fallback, scope: inner, item: nil))
      } catch {
        throw error.located(at: fallback.span).located(in: function.source)
      }
    }
  }
}

extension Evaluator {
  private func tooDeep(at span: SourceSpan) -> Failure {
    let pages = session.registry.vocabulary.paging.map { "; \($0)" } ?? ""
    return Failure(
      .tooDeep, "functions call each other more than \(Self.maximumDepth) deep", at: span,
      help: "for x in LIST { … } goes through any number of items" + pages)
  }

  private static func takesNoInput(_ name: String, at span: SourceSpan) -> Failure {
    Failure(.takesNoInput, "'\(name)' takes nothing from a pipe", at: span, help: "its body does not use $in")
  }
}
