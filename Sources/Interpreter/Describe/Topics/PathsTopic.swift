enum PathsTopic {
  static let topic = HelpTopic(
    name: "paths", summary: "the way to a field of a record or an item of a list",
    lines: """
      .                the item, in where, each and the like
      .a.b             a field of a field; $x.a one of a variable
      .items[0].sku    an item of a list; .0 is [0], [-1] the last one
      ."odd key"       a key with spaces or hyphens; [$name] a computed one
      .a?.b            null where .a is a text or a number, no error

      A field that is missing is null, and so is an index past the end.
      ?? falls back where something is null: .note ?? "none"
      A key of a list is an error: take an item first, with [0], or each
      item, with a pipe.
      """,
    examples: [
      .init(#"{a: [{sku: "x"}, {sku: "y"}]}.a[-1].sku"#, "the last item's field", gives: "y"),
      .init(#"{a: [{sku: "x"}, {sku: "y"}]}.a | get sku"#, "a field of each item", gives: "x\ny"),
      .init(#"{a: 1}.b ?? "none""#, "a default", gives: "none"),
    ])
}
