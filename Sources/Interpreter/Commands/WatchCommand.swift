import OrderedJSON

enum WatchCommand {
  private static let every = Parameter.positional(
    "every", .duration(atLeast: .milliseconds(10)), "the pause between two runs, such as 2s")
  private static let times = Parameter.option(
    "times", .integer(in: 1...1_000_000), "how often to run them; until Ctrl-C unless given")
  private static let block = Parameter.positional("block", .block, "the statements to run")

  static let command = Command(
    "watch", topic: .shell, "runs statements again and again and draws their result in place",
    discussion: """
      On a terminal each result takes the place of the one before, and what has changed stands out. Elsewhere each is \
      printed behind the one before. A failure ends it, unless the statements catch it; Ctrl-C ends it at once. New \
      events one by one are `events watch`.
      """,
    input: .none, result: .nothing, parameters: [every, block, times],
    searchWords: ["loop", "repeat", "refresh", "poll", "monitor", "live", "tail", "viddy", "every", "while"],
    examples: [
      .init("watch 10ms --times 2 { [1, 2] | sum }", "twice", gives: "3\n3"),
      .init(
        "let n = 0\nwatch 10ms --times 3 { set n = $n + 1; $n }", "what changes stands out on a terminal",
        gives: "1\n2\n3"),
    ]
  ) { call throws(Interruption) in
    let every = try await call.value(every)
    var left = try await call.value(times)
    let view = call.session.host.makeLiveView?()
    while true {
      let output = try await call.output(of: block)
      let round = try await call.session.renderedRound(output, isLive: view != nil)
      try call.payOwed()
      if let round {
        if let view { try view.show(round.frame) } else { try call.session.print(round.bytes) }
      }
      if let count = left {
        guard count > 1 else { return .nothing }
        left = count - 1
      }
      try await call.session.pause(every)
    }
  }
}
