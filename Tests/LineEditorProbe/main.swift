import Basics
import LineEditor

// A program with a line editor, for the tests to run in a pseudo-terminal. It prints every event of the editor; a few
// lines it obeys. What is written to descriptor 3 is a notice, line by line.

let arguments = CommandLine.arguments.dropFirst()
let wordList = [
  CompletionCandidate(text: "events", summary: "list and send events"),
  CompletionCandidate(text: "endpoints", summary: "who receives them"),
  CompletionCandidate(text: "exit", summary: "leave \u{1B}[31mnow"),
  CompletionCandidate(text: "日本語"),
  CompletionCandidate(text: "sign"),
  CompletionCandidate(text: "signatures"),
  CompletionCandidate(text: "path/", summary: nil, appendsSpace: false),
]

/// A painter of words, where the tests ask for one with PROBE_PAINT: digits, letters and brackets in colours of their own;
/// in `hints` also what goes on.
let wish = getenv("PROBE_PAINT").map { String(cString: $0) }

@Sendable func painting(_ text: String, _ cursor: Int) -> LinePainting? {
  guard let wish else { return nil }
  var painting = LinePainting()
  for (offset, byte) in text.utf8.enumerated() {
    let range = offset..<offset + 1
    switch byte {
    case 0x30...0x39: painting.spans.append(.init(range, TextStyle(34)))
    case 0x61...0x6D: painting.spans.append(.init(range, TextStyle(1, 32)))
    case 0x28, 0x29: painting.spans.append(.init(range, offset == cursor ? TextStyle(4) : TextStyle(35)))
    default: break
    }
  }
  guard wish == "hints" else { return painting }
  if text.hasSuffix("ev") { painting.continuation = "ents" }
  if text.hasPrefix("events ") { painting.hint = "ID  the event\u{1B}[2J" }
  return painting
}

let configuration = LineEditorConfiguration(
  programName: "probe",
  historyFile: arguments.first,
  historyLimit: arguments.dropFirst().first.flatMap { Int($0) } ?? 10_000,
  isComplete: { text in text.count { $0 == "{" } <= text.count { $0 == "}" } },
  complete: { text, offset in
    let typed = text.utf8.prefix(offset)
    let word = typed.suffix(while: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") })
    let candidates = wordList.filter { $0.text.utf8.starts(with: word) }
    return CompletionList(replacing: offset - word.count..<offset, candidates: candidates)
  },
  paint: painting,
  // With colours alone nothing is suggested: what holds a secret never is.
  retention: {
    wish == "cells" ? .thisSession : $0.hasPrefix(" ") ? .nowhere : $0.contains("secret") ? .thisSession : .file
  },
  editElsewhere: { line in
    print("[editing] \(line.debugDescription)")
    return switch line {
    case "fail": .failed(reason: "the editor failed\u{1B}[31m")
    case "keep": .unchanged
    default: .changed(line + "\u{1B}\r\nand more\n")
    }
  })

var modesBefore = termios()
tcgetattr(STDIN_FILENO, &modesBefore)

let editor: LineReader
do {
  editor = try LineReader(configuration)
} catch {
  print("[error] \(error)")
  exit(1)
}

let notices = Task.detached {
  var line: [UInt8] = []
  var byte: UInt8 = 0
  while read(3, &byte, 1) == 1 {
    if byte == UInt8(ascii: "\n") {
      editor.notify(String(decoding: line, as: UTF8.self))
      line = []
    } else {
      line.append(byte)
    }
  }
}

reading: while true {
  let event = await editor.readLine(prompt: Prompt("probe>", colour: 32))
  switch event {
  case .line("history"): print("[history] \(editor.history)")
  case .line("clear"): editor.clearHistory()
  case .line("modes"):
    var modes = termios()
    tcgetattr(STDIN_FILENO, &modes)
    print("[modes] isig \(modes.c_lflag & tcflag_t(ISIG) != 0) echo \(modes.c_lflag & tcflag_t(ECHO) != 0)")
  case .line("size"): print("[size] \(TerminalSize.current.map { "\($0.columns)x\($0.rows)" } ?? "none")")
  case .line("second"):
    do {
      _ = try LineReader(configuration)
    } catch {
      print("[error] \(error)")
    }
  case .line(let text) where text.utf8.count > 1000: print("[line] \(text.utf8.count) bytes")
  case .line(let text): print("[line] \(text.debugDescription)")
  case .interrupted: print("[interrupted]")
  case .endOfInput: break reading
  }
  if let warning = editor.takeWarning() { print("[warning] \(warning)") }
}

editor.close()
var modesAfter = termios()
tcgetattr(STDIN_FILENO, &modesAfter)
let isRestored = modesAfter.c_lflag == modesBefore.c_lflag && modesAfter.c_iflag == modesBefore.c_iflag
print(isRestored ? "[end] restored" : "[end] modes changed")
exit(0)

extension Sequence {
  /// The elements after the last that does not satisfy the predicate.
  fileprivate func suffix(while predicate: (Element) -> Bool) -> [Element] {
    Array(reversed().prefix(while: predicate).reversed())
  }
}
