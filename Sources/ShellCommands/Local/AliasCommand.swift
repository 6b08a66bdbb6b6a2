import Interpreter
import OrderedJSON

enum AliasCommand {
  private static let name = Parameter.optionalPositional("name", .text, "a word; without it, all are listed")
  private static let words = Parameter.variadic("words", .text, "=, and in quotes the words that it stands for")
  private static let isRemoved = Parameter.flag("remove", "take the word away again")

  static let command = Command(
    "alias", topic: .shell, "lets a word stand for the beginning of a line that is typed",
    discussion: """
      alias NAME = "words" makes one, alias NAME shows it, alias NAME --remove takes it away. It counts at the start of a \
      line alone, and what follows it stays: behind alias failed = "events list --status failed", failed | count \
      counts them. In a script there are none; def makes a command. In init.mittr it is there in each session.
      """,
    input: .none, result: .stream, parameters: [name, words, isRemoved],
    searchWords: ["abbreviation", "shortcut", "abbr", "macro", "unalias"],
    examples: [
      .init(#"alias failed = "events list --status failed --all""#, "from now on: failed | count"),
      .init("alias", "those that there are"),
    ]
  ) { call throws(Interruption) in
    guard let aliases = call.session[AliasesKey.self] else {
      throw .failure(
        Failure(
          "not-interactive", "an alias is for lines that a person types", at: call.nameSpan,
          help: "def NAME() { … } makes a command that a script has too"))
    }
    let words = try await call.value(words)
    guard let name = try await call.value(name) else {
      return .stream(ItemStream(aliases.table.names.map { record($0, aliases.table) }))
    }
    let span = call.span(of: Self.name)
    if try await call.value(isRemoved) {
      guard aliases.table[name] != nil else { throw .failure(unknown(name, aliases.table, span)) }
      aliases.table[name] = nil
      return .nothing
    }
    if words.isEmpty {
      guard aliases.table[name] != nil else { throw .failure(unknown(name, aliases.table, span)) }
      return .stream(ItemStream([record(name, aliases.table)]))
    }
    guard words.count == 2, words[0] == "=" else {
      throw .failure(Failure(.badArgument, "an alias is written: alias \(name) = \"words\"", at: span))
    }
    try define(name, words[1], aliases, call)
    return .nothing
  }

  private static func define(
    _ name: String, _ meaning: String, _ aliases: Aliases, _ call: Call
  ) throws(Interruption) {
    let span = call.span(of: Self.name)
    guard AliasTable.isName(name) else {
      throw .failure(
        Failure(.badArgument, "an alias is one word: a letter, then letters, digits, - and _", at: span))
    }
    guard !meaning.allSatisfy(\.isWhitespace), !meaning.contains(where: \.isNewline),
      meaning.utf8.count <= AliasTable.longest
    else {
      throw .failure(
        Failure(.badArgument, "it stands for the words of one line, up to \(AliasTable.longest) bytes", at: span))
    }
    guard aliases.table[name] != nil || aliases.table.words.count < AliasTable.most else {
      throw .failure(Failure(.badArgument, "there are \(AliasTable.most) aliases already", at: span))
    }
    let registry = call.session.registry
    if aliases.table[name] == nil, registry[name] != nil || registry.isGroup(name) || reserved.contains(name) {
      call.tell("alias: '\(name)' was a word of the shell; alias \(name) --remove gives it back")
    }
    aliases.table[name] = meaning
  }

  /// Without a word here nobody could take an alias of it away again.
  private static let reserved: Set = [
    "let", "set", "if", "for", "def", "return", "try", "assert", "source", "exit", "quit",
  ]

  private static func record(_ name: String, _ table: AliasTable) -> JSONValue {
    .object(["name": .string(name), "words": .string(table[name] ?? "")])
  }

  private static func unknown(_ name: String, _ table: AliasTable, _ span: SourceSpan?) -> Failure {
    let near = Suggestion.nearest(to: name, among: table.names)
    return Failure(
      .badArgument, "there is no alias '\(name)'", at: span,
      help: near.map { "did you mean \($0)?" } ?? "alias \(name) = \"words\" makes it")
  }
}
