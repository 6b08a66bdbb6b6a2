import Interpreter

enum BrowseCommand {
  static let command = Command(
    "browse", topic: .shell, "shows the items in a full-screen list, with details and actions",
    discussion: """
      Enter opens an item, / shows only those with a text, s sorts, y copies the id (in the details, the whole value), ? lists
      the keys, q leaves: then the screen is as it was. New items of a stream that goes on appear while it is open, up to
      100,000.

      r replays an event, or delivers a delivery again to a URL that is asked for; v verifies a delivery; e opens the payload
      in $EDITOR and delivers what is saved.
      """,
    input: .required, result: .nothing,
    searchWords: ["tui", "explore", "interactive", "gui", "dashboard", "ui"],
    examples: [
      .init("events list --all | browse", "all events, with their payloads"),
      .init("deliveries | browse", "what listen received; with --follow, also what it receives from now on"),
    ]
  ) { call throws(Interruption) in
    guard let browser = call.session.host.browser else { throw .failure(noTerminal) }
    let input = call.requiredInput
    let runner = ActionRunner(call.session, kind: input.kind)
    try await browser.browse(input, with: runner.actions)
    return .nothing
  }

  private static let noTerminal = Failure(
    "no-terminal", "browse needs a terminal, to read keys from and to show the list on",
    help: "'deliveries' or 'events list' alone write what there is, --output jsonl all of it")
}
