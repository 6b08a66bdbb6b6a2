/// How a line is edited at the prompt. The keys are those of the line editor.
enum EditingTopic {
  static let topic = HelpTopic(
    name: "editing", summary: "the keys at the prompt",
    lines: """
      Tab              completes a word and lists; again: walks the list
      Right, Ctrl-E    take what is suggested, Alt-F a word of it
      Up, Down         earlier and later lines
      Ctrl-R           searches in earlier lines
      Ctrl-A, Ctrl-E   to the start, to the end of the line
      Alt-B, Alt-F     a word back, a word on
      Ctrl-W           deletes the word before the cursor
      Ctrl-U, Ctrl-K   deletes the line, deletes up to its end
      Ctrl-Y           puts back what was deleted
      Ctrl-L           clears the screen
      Ctrl-C           drops the line; stops what runs
      Ctrl-D           on an empty line: ends the shell, as exit does

      A line goes on in the next one while a bracket or a quote is open, and
      behind a |, an operator or a \\ at its end. A block can be pasted.
      history shows the lines typed so far, $_ holds the last result.
      """,
    examples: [])
}
