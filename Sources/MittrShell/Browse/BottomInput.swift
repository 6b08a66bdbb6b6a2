import Basics
import Interpreter

/// What is typed into the bottom line.
struct BottomInput {
  enum Purpose {
    case filter
    /// What an action must know.
    case answer(RecordAction)
  }

  let purpose: Purpose
  private(set) var text: String

  /// What is longer is no text for one line.
  private static let longest = 4096

  /// What stands before the text.
  var label: String {
    switch purpose {
    case .filter: "/"
    case .answer(let action): "\(action.question ?? action.label): "
    }
  }

  init(_ purpose: Purpose, text: String) {
    self.purpose = purpose
    self.text = text
  }

  /// Takes a key that edits the text.
  /// - Returns: whether it was one.
  mutating func take(_ key: Key) -> Bool {
    switch key {
    case .character(let scalar): add(String(scalar))
    case .paste(let text): add(SafeText.removingUnsafe(text))
    case .backspace, .delete: if !text.isEmpty { text.unicodeScalars.removeLast() }
    case .control("u"): text = ""
    case .control("w"):
      let kept = text.reversed().drop { $0 == " " }.drop { $0 != " " }
      text = String(kept.reversed())
    default: return false
    }
    return true
  }

  private mutating func add(_ more: String) {
    if text.utf8.count + more.utf8.count <= Self.longest { text += more }
  }
}
