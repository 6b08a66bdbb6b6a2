import Basics
import Interpreter
import OrderedJSON

enum CopyCommand {
  static let command = Command(
    "copy", topic: .shell, "puts the items into the clipboard, an item a line",
    discussion: """
      Text is taken as it is, everything else as compact JSON, secrets in full as to a file; control characters are \
      written as escapes, since what is pasted into a terminal could do something there. pbcopy, wl-copy or xclip does it \
      where there is one, and the terminal itself (OSC 52) elsewhere, over SSH too. More than \
      \(longest >> 20) MiB is not copied.
      """,
    input: .required, result: .nothing, changesData: true,
    searchWords: ["clipboard", "pbcopy", "xclip", "clip", "yank", "paste"],
    examples: [
      .init("[1, 2] | copy", "two lines"),
      .init(#""evt_123" | copy"#, "a text, without a line break at its end"),
    ]
  ) { call throws(Interruption) in
    let input = call.requiredInput
    var text = ""
    var count = 0
    while let item = try await input.next() {
      let line = item.stringValue ?? JSONWriter.compact.string(item)
      text += (count > 0 ? "\n" : "") + SafeText.escapedNotice(line)
      count += 1
      guard text.utf8.count <= longest else {
        await input.close()
        throw .failure(
          failed(
            "there are more than \(longest >> 20) MiB, so nothing is copied", call, help: "save FILE takes any size"))
      }
    }
    guard let clipboard = call.session[ClipboardKey.self] else { throw .failure(failed("there is no clipboard", call)) }
    try call.session.flush()
    do throws(Failure) { try await clipboard.copy(text) } catch {
      if Task.isCancelled { throw .cancelled }
      throw .failure(failed(error.message, call, help: error.help))
    }
    let bytes = text.utf8.count
    call.tell("copy: \(count) \(count == 1 ? "item" : "items"), \(bytes) \(bytes == 1 ? "byte" : "bytes")")
    return .nothing
  }

  private static let longest = 1 << 20

  private static func failed(_ message: String, _ call: Call, help: String? = nil) -> Failure {
    Failure("copy-failed", message, at: call.nameSpan, help: help)
  }
}
