import OrderedJSON

/// Tells what `.`, variables and pipelines at a place look like, as far as that can be known without running anything.
struct Foresight {
  let place: CursorPlace
  let context: CompletionContext
  /// How often one thing was looked up for another: a variable bound to itself comes to an end.
  var depth = 0

  private static let deepest = 8

  private var deeper: Foresight? {
    guard depth < Self.deepest else { return nil }
    var deeper = self
    deeper.depth += 1
    return deeper
  }

  /// What `.` looks like in the last stage of a frame.
  func item(inFrame index: Int) -> Likeness {
    var index = index
    while index >= 0 {
      let frame = place.frames[index]
      if frame.stages.count > 1 { return output(of: frame.stages.dropLast(), inFrame: index).items }
      if frame.hidesItem { return .unknown }
      index -= 1
    }
    return .unknown
  }

  func variable(_ name: String, inFrame index: Int) -> Likeness {
    for frame in stride(from: index, through: 0, by: -1) {
      guard let binding = place.frames[frame].bindings.last(where: { $0.name == name }) else { continue }
      switch binding.origin {
      case .pipeline(let stages): return deeper?.output(of: stages[...], inFrame: frame) ?? .unknown
      // The block stands in the frame around.
      case .item(let tokens): return deeper?.expression(tokens, inFrame: max(0, frame - 1)).items ?? .unknown
      case .error:
        return Likeness(columns: ["code", "message", "status", "details"])
      case .unknown: return .unknown
      }
    }
    return context.variables[name].map { Likeness(samples: [$0.outline()]) } ?? .unknown
  }

  /// What a path's base and steps lead to.
  func value(of path: PathAtCursor, inFrame index: Int) -> Likeness {
    var value: Likeness =
      switch path.base {
      case .item: item(inFrame: index)
      case .variable(let name): variable(name, inFrame: index)
      case .group(let token): group(token, inFrame: index)
      }
    for step in path.steps {
      switch step {
      case .key(let key): value = value.value(forKey: key)
      case .index(let number): value = value.value(at: number)
      case .optional: break
      }
    }
    return value
  }

  // MARK: Pipelines

  private func output(of stages: ArraySlice<[Token]>, inFrame index: Int) -> Likeness {
    guard let first = stages.first else { return .unknown }
    let head = CursorPlace.pipeline(first)
    var output = command(head).map(made) ?? expression(head, inFrame: index)
    for stage in stages.dropFirst() {
      guard let command = command(stage) else { return .unknown }
      let input = output.items
      switch command.flow {
      case .kept:
        output = input
        output.isList = command.result != .value
      case .selected: output = selected(stage, command, from: input)
      case .taken: output = taken(stage, command, from: input)
      case .made: output = made(command)
      }
    }
    return output
  }

  private func command(_ stage: [Token]) -> Command? {
    guard let first = stage.first, first.kind == .word else { return nil }
    return context.registry.command(stage.prefix(2).map(place.text))
  }

  private func made(_ command: Command) -> Likeness {
    guard let name = RecentItems.name(of: command) else { return .unknown }
    let seen = context.recent?.likeness(name) ?? .null
    return Likeness(
      samples: seen.isNull ? [] : [seen], columns: command.itemKind?.columns ?? [], isList: command.result != .value)
  }

  private func paths(_ stage: [Token], _ command: Command) -> [PathAtCursor] {
    let arguments = stage.dropFirst(command.name.split(separator: " ").count)
    return arguments.split(whereSpaced: ()).compactMap { PathAtCursor(whole: Array($0), place) }
  }

  private func selected(_ stage: [Token], _ command: Command, from input: Likeness) -> Likeness {
    var record = JSONObject()
    for path in paths(stage, command) {
      var value = input
      for step in path.steps {
        switch step {
        case .key(let key): value = value.value(forKey: key)
        case .index(let number): value = value.value(at: number)
        case .optional: break
        }
      }
      record[path.text] = value.samples.first ?? .null
    }
    return Likeness(samples: [.object(record)], isList: true)
  }

  private func taken(_ stage: [Token], _ command: Command, from input: Likeness) -> Likeness {
    guard let path = paths(stage, command).first else { return .unknown }
    var value = input
    for step in path.steps {
      switch step {
      case .key(let key): value = value.value(forKey: key)
      case .index(let number): value = value.value(at: number)
      case .optional: break
      }
    }
    return Likeness(samples: value.samples, isList: true)
  }

  /// An expression that is a path, a constant or a pipeline in parentheses; of others nothing is known.
  private func expression(_ tokens: [Token], inFrame index: Int) -> Likeness {
    guard let first = tokens.first, first.isPathPart, let path = PathAtCursor(whole: tokens, place) else {
      return .unknown
    }
    return deeper?.value(of: path, inFrame: index) ?? .unknown
  }

  private static var longestConstant: Int { 64 << 10 }

  private func group(_ token: Token, inFrame index: Int) -> Likeness {
    let range = Int(token.start)..<token.end
    if token.kind == .leftParenthesis {
      guard let deeper else { return .unknown }
      let inner = CursorPlace(
        place.bytes, range: range.lowerBound + 1..<range.upperBound - 1, registry: context.registry)
      let foresight = Foresight(place: inner, context: context, depth: deeper.depth)
      return foresight.output(of: inner.frame.stages[...], inFrame: inner.frames.count - 1)
    }
    guard range.count <= Self.longestConstant else { return .unknown }
    let source = SourceText(name: "", bytes: Array(place.bytes[range]))
    let parsed = Parser.parse(source, in: ParsingContext(registry: context.registry))
    guard case .pipeline(let pipeline)? = parsed.program.block.statements.first?.kind,
      case .expression(let expression) = pipeline.head, let constant = expression.constant
    else { return .unknown }
    return Likeness(samples: [constant.outline()])
  }
}

extension ArraySlice<Token> {
  /// The runs of tokens between which there is white space.
  func split(whereSpaced _: Void) -> [ArraySlice<Token>] {
    var runs: [ArraySlice<Token>] = []
    var start = startIndex
    for index in indices.dropFirst() where self[index].isSpaced {
      runs.append(self[start..<index])
      start = index
    }
    if start < endIndex { runs.append(self[start...]) }
    return runs
  }
}
