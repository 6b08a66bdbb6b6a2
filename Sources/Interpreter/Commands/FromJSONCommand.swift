import OrderedJSON

enum FromJSONCommand {
  static let command = Command(
    "from json", topic: .data, "reads texts as JSON, each one whole value",
    discussion: "An array is one value, a list; what it is piped into takes its items one by one.",
    input: .required, result: .asInput,
    examples: [
      .init(#"'{"a": [1, 2]}' | from json | get a"#, "one text"),
      .init(#"["1.50", "null"] | from json"#, "a stream of texts"),
    ]
  ) { call throws(Interruption) in
    var count = 0
    return try await call.eachItem { item throws(Interruption) in
      count += 1
      let name = call.isInputSingle ? nil : "item \(count)"
      return try Interruption.rethrowing { () throws(Failure) in
        try value(of: Array(try TextItems.text(of: item, for: "from json").utf8), name)
      }
    }
  }

  private static func value(of bytes: [UInt8], _ name: String?) throws(Failure) -> JSONValue {
    let buffer = ByteBuffer(isUTF8: true)
    try buffer.append(bytes)
    buffer.finish()
    do throws(JSONSyntaxError) {
      return try JSONValue(parsing: buffer.bytes)
    } catch {
      var failure = BadRecord(name: name).failure("\(error.reason)", at: error.offset, in: buffer)
      if error.reason == .trailingContent { failure.help = "from jsonl reads values one behind another" }
      throw failure
    }
  }
}
