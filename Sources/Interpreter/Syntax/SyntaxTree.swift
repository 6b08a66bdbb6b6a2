import OrderedJSON

/// What the parser makes of a text. Spans stand here, never inside values.
///
/// Where the text is wrong or ends too early, the tree holds each piece as far as it was read, with `missing` nodes in
/// it. Completion reads such a tree; it is never run.
struct Block: Sendable {
  var statements: [Statement]
  var span: SourceSpan
  /// Whether its closing brace is there.
  var isClosed = true
}

struct Statement: Sendable {
  indirect enum Kind: Sendable {
    case pipeline(Pipeline)
    case bind(name: String, Pipeline)
    case assign(name: String, Pipeline)
    case conditional(Conditional)
    case loop(name: String, source: Pipeline, body: Block)
    case function(FunctionDeclaration)
    case returns(Pipeline?)
    case attempt(Attempt)
    case breaks
    case continues
    /// `test "name" { … }`, at top level alone.
    case test(name: String, body: Block)
    case assertion(Expression, message: Expression?)
    case source(Expression)
    case exit(Expression?)
    /// A statement of which only its first words can be read: its keyword, and the name behind it.
    case missing(Keyword?, name: SourceSpan?)
  }

  let kind: Kind
  let span: SourceSpan
}

struct Conditional: Sendable {
  let condition: Expression
  let then: Block
  let otherwise: Block?
}

/// `try { } catch err { } finally { }`.
struct Attempt: Sendable {
  var body: Block
  var errorName: String?
  var handler: Block?
  /// What runs in the end, however the others ended.
  var cleanUp: Block?
}

struct FunctionDeclaration: Sendable {
  struct Parameter: Sendable {
    enum Form: Sendable {
      /// `name` and `name = default`.
      case positional
      /// `--name = default`.
      case option
      /// `--name`, which takes no value.
      case flag
      /// `...name`, the list of what is left.
      case rest
    }

    /// As a call writes it behind the hyphens.
    let name: String
    let form: Form
    let fallback: Expression?

    /// The variable in the body: `$dry_run` for `--dry-run`.
    var variable: String { name.replacing("-", with: "_") }
    var isRequired: Bool { form == .positional && fallback == nil }
    /// As help and messages write it.
    var label: String {
      switch form {
      case .positional: name
      case .option, .flag: "--" + name
      case .rest: "..." + name
      }
    }
  }

  let name: String
  let parameters: [Parameter]
  let body: Block
  let span: SourceSpan
  /// Whether it is to be kept for later sessions.
  var isKept = false
}

/// `a | b | c`. The first stage may be an expression, or a `for` or `try` for what its block yields.
struct Pipeline: Sendable {
  enum Head: Sendable {
    case expression(Expression)
    case command(CommandCall)
    case statement(Statement)
  }

  let head: Head
  let tail: [CommandCall]
  let span: SourceSpan
  /// Whether a stage has `--explain`: then it only tells what it would send.
  var isExplained = false
}

struct CommandCall: Sendable {
  enum Callee: Sendable {
    /// Boxed: a declaration is large, and every production on the way keeps room for it on the stack.
    indirect case command(Command)
    /// A function of the script; found when it runs, since it may be defined further down.
    case function(name: String)
    /// No command stands here, or one that does not exist: its name's span holds what was written.
    case missing
  }

  let callee: Callee
  let nameSpan: SourceSpan
  var arguments: [Argument]
  let span: SourceSpan

  func adding(_ arguments: [Argument]) -> CommandCall {
    var call = self
    call.arguments += arguments
    return call
  }
}

/// What stands for one parameter of a call.
struct Argument: Sendable {
  enum Content: Sendable {
    case expression(Expression)
    case block(Block)
    /// A path of `select` and the like, and its steps as they are written.
    case path(Path, steps: [PathStep])
  }

  /// The position of a flag that the command does not have.
  static let noParameter = -1

  /// The parameter's position in the declaration; for a function's argument, its position in the call.
  let parameter: Int
  /// The name of a flag given to a function, whose parameters are known only when it runs.
  var name: String?
  /// Whether no value follows such a flag.
  var lacksValue = false
  let content: Content
  let span: SourceSpan
}

struct Expression: Sendable {
  indirect enum Kind: Sendable {
    case literal(JSONValue)
    /// `.`, the item.
    case item
    case variable(String)
    case path(Expression, [PathStep])
    case list([Expression])
    case record([(key: Expression, value: Expression)])
    case interpolation([Expression])
    case negate(Expression)
    case not(Expression)
    /// With the place of the operator.
    case binary(Operator, Expression, Expression, SourceSpan)
    /// Something that cannot be computed at once: see `Effect`.
    case effect(Effect)
    /// Nothing that has a value: the span holds what was written, such as a string that is not closed.
    case missing
  }

  let kind: Kind
  let span: SourceSpan

  /// Whether it is a list, a record or a text that is put together from others.
  var isMadeOfParts: Bool {
    switch kind {
    case .list, .record, .interpolation: true
    default: false
    }
  }

  /// Whether it is `.` and nothing else.
  var isItemAlone: Bool { if case .item = kind { true } else { false } }

  var constant: JSONValue? { if case .literal(let value) = kind { value } else { nil } }
}

/// A part of an expression whose value takes a request, a file or the running of statements.
///
/// Expressions are evaluated at once, without waiting. One that meets an effect stops there and names it; the evaluator
/// performs it, keeps the answer under the effect's number, and evaluates the expression again (see `PureEvaluator`).
struct Effect: Sendable {
  indirect enum Kind: Sendable {
    /// `( pipeline )`.
    case pipeline(Pipeline)
    /// `if c { a } else { b }`.
    case conditional(Conditional)
    /// `@file`; nil is `@-`.
    case file(Expression?)
  }

  let kind: Kind
  let number: Int
  let span: SourceSpan
  /// Whether the value depends on the item that `.` stands for.
  let usesItem: Bool

  init(kind: Kind, number: Int, span: SourceSpan) {
    self.kind = kind
    self.number = number
    self.span = span
    // Asked at each level of a nest, so it is worked out once.
    usesItem = kind.children.contains { $0.usesItem }
  }

  /// Whether its answer is the same for every item, and may be kept: `(ago 2h)`.
  var isConstantPerStage: Bool {
    guard case .pipeline(let pipeline) = kind, pipeline.tail.isEmpty, case .command(let call) = pipeline.head,
      case .command(let command) = call.callee, command.isConstantPerStage
    else { return false }
    return call.arguments.allSatisfy {
      if case .expression(let expression) = $0.content { expression.constant != nil } else { false }
    }
  }
}

/// One step of a path in an expression. A `?` behind a step makes it and the next one optional: they are null, not an
/// error, where the value has no keys.
struct PathStep: Sendable {
  enum Kind: Sendable {
    case key(String)
    case index(Int)
    case computed(Expression)
    /// The span holds what was written of a key.
    case missing
  }

  let kind: Kind
  var isOptional: Bool
  let span: SourceSpan

  var expression: Expression? { if case .computed(let expression) = kind { expression } else { nil } }

  /// The step where nothing in it has to be computed.
  var plain: Path.Step? {
    let step: Path.Step
    switch kind {
    case .key(let key): step = .key(key)
    case .index(let index): step = .index(index)
    case .computed, .missing: return nil
    }
    return isOptional ? .optional(step) : step
  }
}
