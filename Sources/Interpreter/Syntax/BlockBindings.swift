/// What becomes of the names that blocks bind, for advice: which block a name was lost with, and which `let` in a loop
/// was perhaps meant to be a `set`.
struct BlockBindings {
  private struct Loop {
    /// How many scopes stand around it.
    let outside: Int
    /// The names that stand for something outside and were bound anew in it.
    var shadowed: [String: Shadow] = [:]
  }

  private struct Shadow {
    let span: SourceSpan
    /// The scope of the variable that it hides.
    let owner: Int
  }

  private var loops: [Loop] = []
  /// Loops around the functions around.
  private var outerLoops: [[Loop]] = []
  /// Those of loops that have ended.
  private var shadows: [String: Shadow] = [:]
  /// Where the last block ended that bound a name.
  private var ends: [String: Int] = [:]

  var isInLoop: Bool { !loops.isEmpty }

  mutating func beginLoop(outside: Int) { loops.append(Loop(outside: outside)) }

  mutating func endLoop() {
    guard let loop = loops.popLast() else { return }
    shadows.merge(loop.shadowed) { $1 }
  }

  /// Nothing in a function leaves a loop around its definition.
  mutating func beginFunction() {
    outerLoops.append(loops)
    loops = []
  }

  mutating func endFunction() { loops = outerLoops.popLast() ?? [] }

  /// - Parameter scopes: those around, the outermost first, without the name itself.
  mutating func bind(_ name: String, _ span: SourceSpan, in scopes: [Set<String>]) {
    shadows[name] = nil
    guard let loop = loops.last, let owner = scopes.lastIndex(where: { $0.contains(name) }), owner < loop.outside else {
      return
    }
    loops[loops.count - 1].shadowed[name] = loop.shadowed[name] ?? Shadow(span: span, owner: owner)
  }

  /// The variable was set since, or it was warned about.
  mutating func forget(_ name: String) { shadows[name] = nil }

  /// Where a loop bound the name that is read here, and means another variable.
  mutating func shadow(of name: String, in scopes: [Set<String>]) -> SourceSpan? {
    guard let shadow = shadows[name], scopes.lastIndex(where: { $0.contains(name) }) == shadow.owner else { return nil }
    shadows[name] = nil
    return shadow.span
  }

  mutating func end(_ names: Set<String>, at place: Int) {
    for name in names { ends[name] = place }
  }

  func end(of name: String) -> Int? { ends[name] }
}

extension Parser {
  mutating func endScope() {
    let names = scopes.removeLast()
    bindings.end(names, at: max(previousEnd - 1, 0))
  }

  mutating func noteBinding(of name: String, _ span: SourceSpan) { bindings.bind(name, span, in: scopes) }

  mutating func noteReading(of name: String) {
    guard let span = bindings.shadow(of: name, in: scopes), warnings.count < Self.maximumDiagnostics else { return }
    warnings.append(
      Diagnostic(
        .warning, .shadowedVariable, "this let makes a new $\(name) in each round; the one outside stays as it is",
        at: span, help: "set \(name) = … changes the one outside"))
  }
}
