import Basics
import OrderedJSON

extension Session {
  /// Runs a script with the arguments of the command line. Where it defines `main` and does not call that itself, its
  /// other statements run first, and then `main` with the arguments: flags and all, checked before anything runs.
  /// `--help` and `-h` show how it is called.
  /// - Returns: the exit status; 2 when the script or its arguments are wrong.
  public func runScript(_ source: SourceText, arguments: [String]) async -> Int32 {
    let result = Parser.parse(source, in: parsingContext(.script))
    guard !result.hasErrors, let main = result.program.main else { return await run(result) }
    let words = MainArguments(arguments, of: main, script: source.path)
    if words.wantHelp {
      do throws(Interruption) {
        try print(FunctionPage(main, in: source).usage(of: words.callee))
        return 0
      } catch {
        return if case .failure(let failure) = error { failure.exitStatus } else { 0 }
      }
    }
    if let mistake = words.mistake {
      report(mistake)
      return 2
    }
    return await run(
      ParseResult(
        program: result.program.calling(main, with: words.arguments), diagnostics: result.diagnostics,
        omitted: result.omitted, isIncomplete: false))
  }
}

extension Program {
  /// The function `main` that is to be called; nil where the script has none, or calls it itself.
  fileprivate var main: FunctionDeclaration? {
    var main: FunctionDeclaration?
    for case .function(let declaration) in block.statements.map({ $0.kind }) where declaration.name == "main" {
      main = declaration
    }
    guard main != nil else { return nil }
    let isCalled = !SyntaxNode.block(block).walk { node in
      switch node {
      case .statement(let statement): return statement.isFunction ? .skip : .descend
      case .call(let call), .stage(let call):
        if case .function(name: "main") = call.callee { return .stop }
        return .descend
      default: return .descend
      }
    }
    return isCalled ? nil : main
  }

  fileprivate func calling(_ main: FunctionDeclaration, with arguments: [Argument]) -> Program {
    let name = SourceSpan(main.span.start, main.span.start + main.name.utf8.count)
    let call = CommandCall(callee: .function(name: main.name), nameSpan: name, arguments: arguments, span: name)
    var block = block
    block.statements.append(
      Statement(kind: .pipeline(Pipeline(head: .command(call), tail: [], span: name)), span: name))
    return Program(source: source, block: block, mutated: mutated)
  }
}

/// The words of a command line as arguments of `main`.
private struct MainArguments {
  /// How the script is called.
  let callee: String
  private(set) var arguments: [Argument] = []
  private(set) var wantHelp = false
  private(set) var mistake: Failure?

  init(_ words: [String], of main: FunctionDeclaration, script: String?) {
    callee = script.map { "mittr \($0)" } ?? "mittr -c CODE"
    let parameters = main.parameters
    var positional = parameters.filter { $0.form == .positional }[...]
    var rest = words[...]
    var endsFlags = false
    while let word = rest.popFirst() {
      if !endsFlags, word == "--help" || word == "-h", !parameters.contains(where: { $0.name == "help" }) {
        wantHelp = true
      } else if !endsFlags, word == "--" {
        endsFlags = true
      } else if !endsFlags, word.hasPrefix("--") {
        flag(word, &rest, parameters)
      } else {
        append(word, positional.popFirst(), label: nil)
      }
    }
    let call = FunctionArguments(arguments, of: script ?? "main", parameters, at: SourceSpan(0, 0))
    if let found = call.mistake { mistake = found }
    // There is no source text that it stands in.
    mistake?.span = nil
    if let mistake, mistake.help == nil { self.mistake?.help = "\(callee) --help shows what it takes" }
  }

  private mutating func flag(
    _ word: String, _ rest: inout ArraySlice<String>, _ parameters: [FunctionDeclaration.Parameter]
  ) {
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    let parameter = parameters.first { $0.name == name && $0.form != .rest }
    if parts.count == 2 {
      append(String(parts[1]), parameter, label: name)
    } else if parameter != nil, parameter?.form != .flag, let value = rest.popFirst() {
      append(value, parameter, label: name)
    } else {
      append(.bool(true), name: name, lacksValue: true)
    }
  }

  /// Takes a word for what the parameter's default is; where there is none, for what a bare word means.
  private mutating func append(_ word: String, _ parameter: FunctionDeclaration.Parameter?, label: String?) {
    let value: JSONValue
    switch parameter?.form == .flag ? .bool(false) : parameter?.fallback?.constant {
    case .string: value = .string(word)
    case .number:
      guard let number = JSONNumber(word) else { return misfit(word, parameter, "a number") }
      value = .number(number)
    case .bool:
      guard word == "true" || word == "false" else { return misfit(word, parameter, "true or false") }
      value = .bool(word == "true")
    default: value = Parser.value(ofWord: word, .value)
    }
    append(value, name: label, lacksValue: false)
  }

  private mutating func misfit(_ word: String, _ parameter: FunctionDeclaration.Parameter?, _ kind: String) {
    let shown = word.utf8.count <= 60 ? "'\(word)'" : "a longer text"
    mistake = mistake ?? Failure(.badArgument, "\(parameter?.label ?? "it") takes \(kind), got \(shown)")
    append(.null, name: parameter?.name, lacksValue: false)
  }

  private mutating func append(_ value: JSONValue, name: String?, lacksValue: Bool) {
    let place = SourceSpan(0, 0)
    var argument = Argument(
      parameter: 0, name: name, content: .expression(.init(kind: .literal(value), span: place)), span: place)
    argument.lacksValue = lacksValue
    arguments.append(argument)
  }
}
