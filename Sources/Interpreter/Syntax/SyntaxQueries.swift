// What can be read off a piece of the tree; each answer is one walk.

extension SyntaxNode {
  /// Whether a value in it depends on the item that `.` stands for around it. A function's body has no item.
  var usesItem: Bool {
    !walk { node in
      switch node {
      case .expression(let expression):
        switch expression.kind {
        case .item: return .stop
        case .effect(let effect): return effect.usesItem ? .stop : .skip
        default: return .descend
        }
      case .stage, .itemBlock: return .skip
      case .statement(let statement): return statement.isFunction ? .skip : .descend
      case .pipeline, .call, .block: return .descend
      }
    }
  }
}

extension Block {
  /// How often a variable is named in it, outside functions of its own.
  func uses(ofVariable name: String) -> Int {
    var count = 0
    SyntaxNode.block(self).walk { node in
      switch node {
      case .expression(let expression): if case .variable(name) = expression.kind { count += 1 }
      case .statement(let statement):
        if statement.isFunction { return .skip }
        if case .assign(name, _) = statement.kind { count += 1 }
      case .pipeline, .call, .stage, .block, .itemBlock: break
      }
      return .descend
    }
    return count
  }

  /// Whether a `return` with a value stands in it, outside functions of its own.
  var returnsValue: Bool {
    !SyntaxNode.block(self).walk { node in
      switch node {
      case .block: return .descend
      case .statement(let statement):
        if case .returns(let pipeline) = statement.kind { return pipeline == nil ? .skip : .stop }
        return statement.isFunction ? .skip : .descend
      case .expression, .pipeline, .call, .stage, .itemBlock: return .skip
      }
    }
  }
}

extension Expression {
  /// Whether the value depends on the item that `.` stands for.
  var usesItem: Bool { SyntaxNode.expression(self).usesItem }

  /// What cannot be computed at once in it, in the order in which it stands.
  var effects: [Effect] {
    var effects: [Effect] = []
    forEachPart { part in if case .effect(let effect) = part.kind { effects.append(effect) } }
    return effects
  }

  /// The variables that are named in the expression itself, outside its effects.
  func forEachVariable(_ body: (String, SourceSpan) -> Void) {
    forEachPart { part in if case .variable(let name) = part.kind { body(name, part.span) } }
  }

  /// The keys that it asks of the item itself, as far as that can be seen without running anything.
  var itemKeys: [String] {
    var keys: [String] = []
    forEachPart { part in if let key = part.itemKey { keys.append(key) } }
    return keys
  }

  /// `a` of `.a.b`.
  private var itemKey: String? {
    if case .path(let base, let steps) = kind, case .item = base.kind, case .key(let key)? = steps.first?.kind {
      key
    } else {
      nil
    }
  }

  /// The expression and those that it is made of, outside its effects.
  private func forEachPart(_ body: (Expression) -> Void) {
    SyntaxNode.expression(self).walk { node in
      guard case .expression(let part) = node else { return .skip }
      body(part)
      if case .effect = part.kind { return .skip }
      return .descend
    }
  }
}

extension Effect {
  /// Whether performing it may run a `set`.
  var canSetVariables: Bool {
    if case .file = kind { false } else { true }
  }
}
