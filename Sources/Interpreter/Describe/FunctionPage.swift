import Basics
import OrderedJSON

/// What `help` says of a function: read off its parameters and the comment above it.
struct FunctionPage {
  private let declaration: FunctionDeclaration
  private let source: SourceText
  private let takesInput: Bool

  init(_ declaration: FunctionDeclaration, in source: SourceText) {
    self.declaration = declaration
    self.source = source
    takesInput = InputUse(of: declaration.body) != .never
  }

  /// The page of the function as a command.
  var text: String { HelpPage.page(of: command(named: declaration.name)) }

  /// How a script is called whose `main` it is.
  /// - Parameter words: what stands before the arguments.
  func usage(of words: String) -> String {
    let command = command(named: words)
    var text = command.summary == Self.defaultSummary ? "" : TextLayout.filled(command.summary) + "\n"
    text += TextLayout.filled("Usage: " + command.usage, indent: 4)
    if !command.discussion.isEmpty { text += "\n\(TextLayout.filled(command.discussion))" }
    guard !command.parameters.isEmpty else { return text }
    return text + "\n" + command.parameters.map { HelpPage.line($0, in: command) }.joined()
  }

  private static let defaultSummary = "a function of yours"

  private func command(named name: String) -> Command {
    let comment = comment
    return Command(
      name, topic: Topic("Functions"), comment.first ?? Self.defaultSummary,
      discussion: comment.dropFirst().joined(separator: " "), input: takesInput ? .optional : .none, result: .asBlock,
      parameters: declaration.parameters.map { parameter($0) }, examples: [], body: { _ in .nothing })
  }

  private func parameter(_ parameter: FunctionDeclaration.Parameter) -> any AnyParameter {
    let fallback = parameter.fallback.map { DisplayWidth.fitted(source.text($0.span), width: 40) }
    switch parameter.form {
    case .positional where parameter.isRequired:
      return Parameter.positional(parameter.name, .value, "a value")
    case .positional:
      return Parameter.positional(parameter.name, .value, default: .null, "a value", defaultText: fallback)
    case .option: return Parameter.option(parameter.name, .value, default: .null, "a value", defaultText: fallback)
    case .flag: return Parameter.flag(parameter.name, "off unless given")
    case .rest: return Parameter.variadic(parameter.name, .value, "all that is left")
    }
  }

  private static let longestComment = 40

  /// The lines of the comment right above the definition, without their signs and the first one's full stop.
  private var comment: [String] {
    let position = source.position(of: declaration.span.start)
    guard source.text(SourceSpan(position.lineSpan.start, declaration.span.start)).words == ["def"] else { return [] }
    var lines: [String] = []
    var start = position.lineSpan.start
    while start > 0, lines.count < Self.longestComment {
      let above = source.position(of: start - 1).lineSpan
      let line = source.text(above)
      guard let sign = line.first(where: { $0 != " " && $0 != "\t" }), sign == "#", !line.hasPrefix("#!") else { break }
      lines.insert(line.words.joined(separator: " ").trimmingPrefix("#").trimmingPrefix(" ").description, at: 0)
      start = above.start
    }
    lines = lines.map { SafeText.escaped($0) }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    if let first = lines.first, first.hasSuffix(".") { lines[0] = String(first.dropLast()) }
    return lines
  }
}

extension String {
  fileprivate var words: [Substring] { split { $0 == " " || $0 == "\t" } }
}
