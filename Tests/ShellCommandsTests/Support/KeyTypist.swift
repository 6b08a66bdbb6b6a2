import Interpreter

/// Types a key, answers questions with yes, and keeps what was asked.
final class KeyTypist: Prompter {
  private let key: String
  private(set) var asked: [String] = []

  init(_ key: String) { self.key = key }

  func confirm(_ question: String) async -> Bool {
    asked.append(question)
    return true
  }

  func text(_ question: String, until end: PromptEnd) async throws(Interruption) -> [UInt8] { throw .cancelled }

  func secret(_ question: String) async throws(Interruption) -> String {
    asked.append(question)
    return key
  }
}
