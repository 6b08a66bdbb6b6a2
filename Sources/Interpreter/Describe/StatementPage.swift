/// The pages of the language's own words: what a statement looks like and does, with examples that run as they stand.
struct StatementPage: Sendable {
  /// The words under which it is found.
  let words: [String]
  /// One line without a full stop.
  let summary: String
  /// How it is written.
  let forms: [String]
  let discussion: String
  let examples: [Command.Example]

  static func about(_ word: String) -> StatementPage? { all.first { $0.words.contains(word) } }

  var title: String { words.joined(separator: ", ") }

  var text: String {
    TextLayout.filled("\(title): \(summary)") + "\n" + forms.map { "  \($0)\n" }.joined() + "\n"
      + TextLayout.filled(discussion) + HelpPage.examples(examples)
  }

  static let all: [StatementPage] = [
    StatementPage(
      words: ["let"], summary: "binds a variable in the enclosing block",
      forms: ["let NAME = PIPELINE"],
      discussion: """
        A stream becomes a list, whatever it holds. A name may be bound again, which hides the first one up to the end of \
        the block. $NAME uses it.
        """,
      examples: [
        .init("let numbers = [3, 1, 2] | sort-by\nprint $numbers", "a sorted list"),
        .init(#"let e = {id: "evt_1", tags: ["a", "b"]}; $e.tags[0]"#, "a path into a variable"),
      ]),
    StatementPage(
      words: ["set"], summary: "changes the nearest variable of that name",
      forms: ["set NAME = PIPELINE"],
      discussion: "The variable must exist. Unlike let it reaches out of the block that it stands in.",
      examples: [
        .init("let total = 0\nfor n in [1, 2, 3] { set total = $total + $n }\n$total", "adding up")
      ]),
    StatementPage(
      words: ["if", "else"], summary: "chooses between blocks",
      forms: ["if CONDITION { … }", "if CONDITION { … } else if CONDITION { … } else { … }"],
      discussion: """
        Only false and null are false. It is a value too, where one is expected: null when no block was taken or the block \
        yields nothing.
        """,
      examples: [
        .init("if 2 > 1 { print \"yes\" } else { print \"no\" }", "a statement"),
        .init("let n = 7\nlet size = if $n > 5 { \"large\" } else { \"small\" }\n$size", "a value"),
      ]),
    StatementPage(
      words: ["for"], summary: "runs a block for each item",
      forms: ["for NAME in EXPRESSION { … }"],
      discussion: """
        The items of a list or of a pipeline in parentheses, one at a time. What the block yields is yielded, in order. \
        break and continue leave it or its round early. There is no while: a script ends if the server answers.
        """,
      examples: [
        .init("for n in [1, 2] { $n * 10 }", "a list"),
        .init("for n in ([3, 1, 2] | sort-by) { print \"item \\($n)\" }", "a pipeline"),
      ]),
    StatementPage(
      words: ["break", "continue"], summary: "leave a loop, or its round",
      forms: ["break", "continue"],
      discussion: """
        break ends the for around it, continue goes on with its next item; what was yielded before stays. They reach out of \
        if, try and each, but not out of a function. To end a stream, first and where are enough.
        """,
      examples: [
        .init("for n in [1, 5, 9] { if $n > 4 { break }; $n }", "up to the first large one", gives: "1"),
        .init("for n in [1, 5, 9] { if $n == 5 { continue }; $n }", "without one", gives: "1\n9"),
      ]),
    StatementPage(
      words: ["def"], summary: "defines a function, a command like any other",
      forms: [
        "def NAME(PARAMETER, PARAMETER = DEFAULT) { … }", "def NAME(--FLAG = DEFAULT, --SWITCH, ...REST) { … }",
        "def --keep NAME(…) { … }",
      ],
      discussion: """
        It is called as a command is: NAME VALUE --FLAG VALUE --SWITCH. --dry-run is $dry_run in it; REST is the list of all \
        further values. What is piped to it is $in. It may be called above its definition, and may call itself, up to 256 \
        calls deep. It yields what its statements yield, or what return says. help NAME shows its parameters and the comment \
        above it. A script's main is called with the arguments of the command line. At the prompt def --keep keeps the \
        function for later sessions too; undef NAME takes it away.
        """,
      examples: [
        .init("def double(x) { $x * 2 }\ndouble 21", "a function", gives: "42"),
        .init(
          "def above(limit = 10) { $in | where . > $limit }\n[5, 15] | above", "a stage of a pipeline", gives: "15"),
        .init(
          "def greet(name, --loud) { if $loud { $name | upper } else { $name } }\ngreet ada --loud", "a flag",
          gives: "ADA"),
        .init("def total(...numbers) { $numbers | sum }\ntotal 1 2 3", "any number of values", gives: "6"),
      ]),
    StatementPage(
      words: ["return"], summary: "ends a function, with or without a value",
      forms: ["return", "return PIPELINE"],
      discussion: "What the function yielded before comes first.",
      examples: [
        .init("def size(n) {\n  if $n > 5 { return \"large\" }\n  \"small\"\n}\nsize 7", "leaving early")
      ]),
    StatementPage(
      words: ["try", "catch", "finally"], summary: "goes on after a failure",
      forms: ["try { … }", "try { … } catch { … }", "try { … } catch NAME { … } finally { … }"],
      discussion: """
        $NAME.code is the error's stable code, .message says what happened, .status is the HTTP status if a server answered, \
        .details what it added. Without catch the error is dropped. Ctrl-C and exit are not caught. The block of \
        finally runs in the end whatever happened: a failure, return, break, Ctrl-C. What it yields is dropped.
        """,
      examples: [
        .init("try { 1 / 0 } catch err { print \"failed: \\($err.code)\" }", "looking at the error"),
        .init("try { 6 / 2 } catch { 0 } finally { print \"done\" }", "in any case", gives: "done\n3"),
      ]),
    StatementPage(
      words: ["assert"], summary: "fails unless something holds",
      forms: ["assert CONDITION", "assert CONDITION MESSAGE"],
      discussion: """
        The script ends with exit status 1, showing the condition and the message. Of a comparison both sides are shown.
        """,
      examples: [
        .init("assert ([1, 2] | count) == 2 \"two are needed\"", "with a message")
      ]),
    StatementPage(
      words: ["test"], summary: "says what must hold, for mittr --test",
      forms: ["test NAME { … }"],
      discussion: """
        mittr --test FILE runs each test of the file in a session of its own, in which the other statements of the file run \
        first. It fails when a statement in it does. Anywhere else it does nothing.
        """,
      examples: [
        .init("def double(n) { $n * 2 }\ntest \"double\" { assert (double 2) == 4 }", "a test of a function")
      ]),
    StatementPage(
      words: ["source"], summary: "runs a file here",
      forms: ["source FILE"],
      discussion: """
        Its variables and functions are there afterwards. FILE is named from the folder of the file that says it; \
        $script.path and $script.folder tell a file its own place. The file is read when the script is checked: what it defines is \
        known from there on, unless the script makes the file itself.
        """,
      examples: [
        .init("source library.mittr\ngreet \"Ada\"", "functions of another file")
      ]),
    StatementPage(
      words: ["exit"], summary: "ends the script",
      forms: ["exit", "exit STATUS"],
      discussion: "The status is 0 unless given, at most 255. At the prompt it ends the shell, as Ctrl-D does.",
      examples: [
        .init("if ([] | count) > 0 { exit 3 }", "under a condition")
      ]),
    StatementPage(
      words: ["and", "or", "not"], summary: "join conditions",
      forms: ["A and B", "A or B", "not A"],
      discussion: """
        Only false and null are false. B is not looked at when A decides. not binds tighter than and, and binds tighter than \
        or; comparisons bind tighter than all three. The result is true or false; A ?? B gives A itself unless it is null.
        """,
      examples: [
        .init("[1, 5, 9] | where . > 2 and not . == 5", "both must hold")
      ]),
    StatementPage(
      words: ["in", "contains", "starts-with", "ends-with", "like"], summary: "compare text and lists",
      forms: ["VALUE in LIST", "LIST contains VALUE", "TEXT starts-with TEXT", "TEXT like PATTERN"],
      discussion: """
        in and contains look for an item in a list, a key in a record, or a piece of text in a text. In the pattern of like \
        a * stands for any text, as in event types. =~ and !~ take a regular expression: see help language.
        """,
      examples: [
        .init(#""order.created" like "order.*""#, "an event type"),
        .init(#"[{s: "failed"}, {s: "ok"}] | where .s in ["failed", "dead"]"#, "one of several"),
      ]),
    StatementPage(
      words: ["true", "false", "null"], summary: "the constants",
      forms: ["true", "false", "null"],
      discussion: """
        A missing key is null, and so is an index past the end. < and > with it are false. \
        A ?? B gives B when A is null.
        """,
      examples: [
        .init(#"{a: 1}.b ?? "none""#, "falling back")
      ]),
  ]
}
