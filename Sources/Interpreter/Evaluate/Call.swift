public import OrderedJSON

/// One running of a command: its arguments, the items piped to it, and the session.
public final class Call {
  public let session: Session
  /// The items from the pipe; nil when nothing is piped.
  public let input: ItemStream?
  /// Whether what is piped is one value that is not a list.
  public let isInputSingle: Bool
  /// Whether another command takes what this one yields.
  public let feedsCommand: Bool
  /// Whether the source of the items has checked this command's condition already, as far as it can be trusted.
  let isPushedDown: Bool
  /// What is to happen once the pipeline has ended that the command is a stage of.
  public let pipelineEnd: PipelineEnd
  /// Where the command's name stands.
  public let nameSpan: SourceSpan
  private let command: Command
  private let arguments: [Argument]
  private let evaluator: Evaluator
  private let scope: Scope
  /// What `.` stands for around the command.
  private let item: JSONValue?
  /// Notes which fields the items are asked for, by whatever argument.
  private let observer = FieldObserver()
  /// What files named by arguments hold: read once, however many items come.
  private var files: [Int: JSONValue] = [:]

  init(
    _ command: Command, _ arguments: [Argument], nameSpan: SourceSpan, evaluator: Evaluator, scope: Scope,
    item: JSONValue?, input: Output?, feedsCommand: Bool, isPushedDown: Bool = false, pipelineEnd: PipelineEnd
  ) {
    self.nameSpan = nameSpan
    self.command = command
    self.arguments = arguments
    self.evaluator = evaluator
    self.scope = scope
    self.item = item
    self.session = evaluator.session
    self.isInputSingle = input?.isSingle ?? false
    self.input = input?.items
    self.feedsCommand = feedsCommand
    self.isPushedDown = isPushedDown
    self.pipelineEnd = pipelineEnd
    guard let items = self.input else { return }
    if !isInputSingle { observer.input = items }
    for case .expression(let expression) in arguments.map({ $0.content }) { observer.watch(expression) }
    let before = items.atEnd
    items.atEnd = { [observer] () throws(Interruption) in
      try before?()
      evaluator.warn(observer)
    }
  }

  /// The command's name, as messages say it.
  public var name: String { command.name }

  /// The items from the pipe, for a command that needs them.
  public var requiredInput: ItemStream { input ?? ItemStream([]) }

  public func isGiven(_ parameter: some AnyParameter) -> Bool {
    !arguments(for: parameter.declaration).isEmpty
  }

  /// The value of a parameter, evaluated now.
  public func value<Wrapped>(_ parameter: Parameter<Wrapped>) async throws(Interruption) -> Wrapped {
    try await value(parameter, for: nil)
  }

  /// The value of a per-item parameter for one incoming item.
  public func value<Wrapped>(
    _ parameter: Parameter<Wrapped>, for item: JSONValue?
  ) async throws(Interruption) -> Wrapped {
    let arguments = arguments(for: parameter.declaration)
    guard let first = arguments.first, let last = arguments.last else {
      guard let fallback = parameter.fallback else {
        throw .failure(Failure(.missingArgument, "\(parameter.declaration.label) is missing"))
      }
      return fallback
    }
    let isList = parameter.declaration.form == .variadic || parameter.declaration.form == .repeatedOption
    let value: JSONValue
    if isList {
      var values: [JSONValue] = []
      for argument in arguments { values.append(try await self.value(of: argument, for: item)) }
      value = .array(values)
    } else {
      value = try await self.value(of: last, for: item)
    }
    do throws(ConversionError) {
      return try parameter.kind.convert(value)
    } catch {
      if evaluator.isExplaining, value.mentionsUnknown {
        if let fallback = parameter.fallback { return fallback }
        throw .failure(
          Failure(.notExplained, "\(parameter.declaration.label) is known only once this runs", at: last.span))
      }
      let span = isList ? first.span.union(last.span) : last.span
      throw .failure(Failure(.badArgument, "\(parameter.declaration.label): \(error.message)", at: span))
    }
  }

  /// Where the call is only explained: whether an argument depends on what is known only once it runs.
  public func isUnknown(_ parameter: some AnyParameter) async throws(Interruption) -> Bool {
    guard evaluator.isExplaining else { return false }
    for argument in arguments(for: parameter.declaration) {
      if try await value(of: argument, for: nil).mentionsUnknown { return true }
    }
    return false
  }

  /// The exact bytes of a `bytes` parameter: a file's contents as they are, otherwise what the value converts to.
  public func bytes(_ parameter: Parameter<[UInt8]?>) async throws(Interruption) -> [UInt8]? {
    guard let argument = arguments(for: parameter.declaration).last,
      case .expression(let expression) = argument.content, case .effect(let effect) = expression.kind,
      case .file(let path) = effect.kind
    else { return try await value(parameter) }
    return try await evaluator.bytes(ofFile: path, effect.span, scope: scope, item: item)
  }

  /// The bytes of the file that a `file` parameter names; `@-` and `-` are standard input, and `@file` is the file as well.
  public func contents(_ parameter: Parameter<String?>) async throws(Interruption) -> [UInt8]? {
    guard let argument = arguments(for: parameter.declaration).last else { return nil }
    if case .expression(let expression) = argument.content, case .effect(let effect) = expression.kind,
      case .file(let path) = effect.kind
    {
      return try await evaluator.bytes(ofFile: path, effect.span, scope: scope, item: item)
    }
    guard let name = try await value(parameter) else { return nil }
    return try Interruption.rethrowing(at: argument.span) { () throws(Failure) in
      name == "-" ? try session.files.readStandardInput() : try session.files.read(name)
    }
  }

  /// The expression of an `expression` parameter, ready to be evaluated for many items.
  public func expression(_ parameter: some AnyParameter) -> BoundExpression? {
    guard case .expression(let expression)? = arguments(for: parameter.declaration).last?.content else { return nil }
    return BoundExpression(expression, evaluator: evaluator, scope: scope, observer: observer)
  }

  /// The keys of a `record` parameter, as far as they stand in the script.
  func literalKeys(_ parameter: Parameter<JSONObject>) -> [String] {
    guard case .expression(let expression) = arguments(for: parameter.declaration).last?.content else { return [] }
    switch expression.kind {
    case .literal(.object(let record)): return record.keys
    case .record(let pairs): return pairs.compactMap { $0.key.constant?.stringValue }
    default: return []
    }
  }

  /// The block of a `block` parameter.
  public func block(_ parameter: Parameter<ItemBlock>) -> BoundBlock? {
    guard case .block(let block)? = arguments(for: parameter.declaration).last?.content else { return nil }
    return BoundBlock(block, evaluator: evaluator, scope: scope, observer: observer)
  }

  /// What a `block` parameter's statements yield, run once; `.` in them is what it is around the command.
  func output(of parameter: Parameter<ItemBlock>) async throws(Interruption) -> Output {
    guard case .block(let block)? = arguments(for: parameter.declaration).last?.content else { return .nothing }
    return try await evaluator.output(of: block, in: Scope(inside: scope), item: item)
  }

  /// Ends a run of such statements: items that failed in it are its failure.
  func payOwed() throws(Interruption) { try evaluator.payOwed() }

  /// The paths of a `path` parameter, in the order given; empty when it is left out.
  public func paths(_ parameter: some AnyParameter) -> BoundPaths {
    BoundPaths(
      arguments(for: parameter.declaration).compactMap { argument in
        if case .path(let path, _) = argument.content { (path, argument.span) } else { nil }
      }, observer: observer)
  }

  /// The keys of a `key` parameter, in the order given; empty when it is left out.
  /// - Parameter splitsMinus: whether a minus in front of a key turns its order round, instead of being computed.
  func keys(_ parameter: some AnyParameter, splitsMinus: Bool = false) -> BoundKeys {
    keys(parameter, observer, splitsMinus: splitsMinus)
  }

  /// The same for items that are not those from the pipe, with what is to be called once all of them have come.
  func foreignKeys(_ parameter: some AnyParameter) -> (keys: BoundKeys, end: () -> Void) {
    let observer = FieldObserver()
    return (keys(parameter, observer), { [evaluator] in evaluator.warn(observer) })
  }

  private func keys(
    _ parameter: some AnyParameter, _ observer: FieldObserver, splitsMinus: Bool = false
  ) -> BoundKeys {
    let keys = arguments(for: parameter.declaration).compactMap { argument -> BoundKeys.Key? in
      let text = evaluator.source.text(argument.span)
      switch argument.content {
      case .block: return nil
      case .path(let path, _): return BoundKeys.Key(content: .path(path), text: text, span: argument.span)
      case .expression(let expression):
        var (computed, isReversed) = (expression, false)
        if splitsMinus, case .negate(let operand) = expression.kind { (computed, isReversed) = (operand, true) }
        let bound = BoundExpression(computed, evaluator: evaluator, scope: scope, observer: observer)
        return BoundKeys.Key(content: .expression(bound), text: text, span: argument.span, isReversed: isReversed)
      }
    }
    return BoundKeys(keys, observer: observer)
  }

  /// One value for one value, a stream for a stream: the result of a command that works item by item.
  public func eachItem(
    kind: ItemKind? = nil,
    _ transform: @escaping (JSONValue) async throws(Interruption) -> JSONValue
  ) async throws(Interruption) -> Output {
    let input = requiredInput
    if isInputSingle {
      guard let item = try await input.next() else { return .nothing }
      let value = try await transform(item)
      evaluator.warn(observer)
      return .value(value, kind: kind)
    }
    return .stream(
      input.map(kind: kind) { [observer] item throws(Interruption) in
        do throws(Interruption) { return try await transform(item) } catch { throw observer.about(item, error) }
      })
  }

  /// Tells something of how it is going, or what it came to, on the error stream.
  public func tell(_ text: String) { session.summarize(text) }

  /// A warning about the command, on the error stream.
  public func warn(_ code: Failure.Code, _ message: String, help: String? = nil) {
    session.report(Diagnostic(.warning, code, message, at: SourceSpan(0, 0), help: help), in: nil)
  }

  /// A warning about a place in the script, which is told once in a run.
  func warn(_ code: Failure.Code, _ message: String, at span: SourceSpan, help: String) {
    let place = FieldPlace(source: evaluator.source.name, start: span.start)
    guard session.warnedFields.insert(place).inserted else { return }
    session.report(Diagnostic(.warning, code, message, at: span, help: help), in: evaluator.source)
  }

  /// What the arguments of a parameter say by themselves: the value of each that is the same for all items, the text of
  /// each that depends on the item.
  public func template(_ parameter: some AnyParameter) async throws(Interruption) -> [JSONValue] {
    var parts: [JSONValue] = []
    for argument in arguments(for: parameter.declaration) {
      guard case .expression(let expression) = argument.content else { continue }
      let isSame = !expression.usesItem
      parts.append(isSame ? try await value(of: argument, for: nil) : .string(evaluator.source.text(argument.span)))
    }
    return parts
  }

  /// Where an argument stands, for a failure that is about it.
  public func span(of parameter: some AnyParameter) -> SourceSpan? {
    arguments(for: parameter.declaration).last?.span
  }

  /// Where each argument of a parameter stands that takes several.
  func spans(of parameter: some AnyParameter) -> [SourceSpan] { arguments(for: parameter.declaration).map { $0.span } }

  private func arguments(for declaration: ParameterDeclaration) -> [Argument] {
    guard let index = command.parameters.firstIndex(where: { $0.name == declaration.name }) else { return [] }
    return arguments.filter { $0.parameter == index }
  }

  private func value(of argument: Argument, for item: JSONValue?) async throws(Interruption) -> JSONValue {
    guard case .expression(let expression) = argument.content else { return .null }
    if evaluator.isExplaining { return evaluator.foreseen(expression, scope: scope, item: item ?? self.item) }
    guard let item else { return try await evaluator.value(of: expression, scope: scope, item: self.item) }
    if case .effect(let effect) = expression.kind, case .file = effect.kind, !expression.usesItem {
      if let value = files[effect.number] { return value }
      let value = try await evaluator.value(of: expression, scope: scope, item: item)
      files[effect.number] = value
      return value
    }
    observer.begin(item)
    do throws(Interruption) {
      return try await evaluator.value(of: expression, scope: scope, item: item, observer: observer)
    } catch {
      throw observer.about(item, error)
    }
  }
}

extension JSONValue {
  /// Whether `…` stands for it or for a part of it.
  fileprivate var mentionsUnknown: Bool {
    switch self {
    case .string(let text, _): text.contains(PlannedRequest.unknown)
    case .array(let items): items.contains { $0.mentionsUnknown }
    case .object(let record): record.contains { $0.value.mentionsUnknown }
    case .null, .bool, .number: false
    }
  }
}
