enum NumbersTopic {
  static let topic = HelpTopic(
    name: "numbers", summary: "exact numbers",
    lines: """
      A number keeps its text until arithmetic touches it: 1.10 stays 1.10,
      and no digit of 12345678901234567890 is lost.

      + - * %          exact, in decimal; * and / and % before + and -
      /                exact where it ends, else rounded
      == < >           by exact value: 1.0 == 1
      sum min max      over a stream, or over a field: sum .amount
      parse number     a number of a text, such as an argument or a CSV field

      A whole number stays within 64 bits; one that does not fit is an error.
      """,
    examples: [
      .init("12345678901234567890", "every digit is kept", gives: "12345678901234567890"),
      .init("[1.5, 2, null] | sum", "null counts as nothing", gives: "3.5"),
      .init(#"("12.50" | parse number) * 2"#, "text first becomes a number", gives: "25"),
    ])
}
