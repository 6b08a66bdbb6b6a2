/// The language on two screens, for `help language` and the reference.
public enum LanguagePage {
  public static let text = sections.map { "\($0.title)\n\($0.lines)" }.joined(separator: "\n")

  static let sections: [(title: String, lines: String)] = [
    (
      "Lines",
      """
        a | b | c    a pipeline: items move one at a time, nothing is fetched early
        a; b         two statements on a line; # starts a comment
        A statement goes on over a line break inside brackets, after |, an operator
        or \\, and before a line that starts with |.

      """
    ),
    (
      "Values",
      """
        null true false 12 -1.50 "text" 'raw' [1, 2] {"a": 1, b: 2}
        Any JSON can be pasted as it is; numbers keep their text and keys their order.
        "…"          JSON's escapes, and \\(expression) inside
        '…'          nothing is escaped
        order.* 2h   where an argument is expected, a bare word is a string
        @file @-     as an argument: a file's contents, standard input

      """
    ),
    (
      "Variables and paths",
      """
        $x           bound by let; $args, $env.NAME, $in (piped to a function), $_,
                     $script.path, $script.folder
        .            the item, in where, each and the like
        .a.b[0]      a key, an index; .0 is [0], [-1] the last; ."odd key"
        .a?.b        null, not an error, where there are no keys
        (a | b)      a pipeline's result; if c { a } else { b } is a value too

      """
    ),
    (
      "Operators, tightest first",
      Precedence.allCases.reversed().map { row in
        let signs = "  " + row.signs.joined(separator: " ")
        guard signs.count < 15 else {
          return signs + "\n" + TextLayout.filled(row.meaning, first: "".padded(to: 15), indent: 15)
        }
        return TextLayout.filled(row.meaning, first: signs.padded(to: 15), indent: 15)
      }.joined()
    ),
    (
      "Regular expressions",
      #"""
        . [a-z] [^a] \d \w \s \D \W \S   one character     ^ $ \b \B   places
        x* x+ x? x{2,5} and x*?          so many, few      x|y         either
        (x) (?<name>x) (?:x)             groups            \. \n \t    characters
        (?i) (?s) (?m) at the start      ignore case; . takes line feeds; ^ $ at lines

      """#
    ),
    (
      "Statements",
      TextLayout.filled(
        Parser.statementWords.joined(separator: " ") + ": help WORD explains each.", first: "  ", indent: 2)
    ),
  ]
}
