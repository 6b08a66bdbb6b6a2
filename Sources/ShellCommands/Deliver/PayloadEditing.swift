import Interpreter
import OrderedJSON

/// Lets a person change a payload in their editor before it is delivered.
struct PayloadEditing {
  let call: Call

  /// The payload as it was saved, in one line; the bytes as they were when nothing was changed. What is no JSON is not
  /// delivered, unless it was none before: a person may go on editing it.
  func edited(_ payload: [UInt8]) async throws(Interruption) -> [UInt8] {
    guard let editor = call.session[TextEditorKey.self] else { throw .failure(Self.noEditor) }
    guard let text = String(validating: payload, as: UTF8.self) else { throw .failure(Self.notText) }
    let parsed = try? JSONValue(parsing: payload)
    let shown = parsed.map { JSONWriter.pretty.string($0) } ?? text
    var saved = shown
    while true {
      do throws(Failure) {
        guard let text = try editor.edit(saved, ending: parsed == nil ? ".txt" : ".json") else {
          throw Self.nothingSaved
        }
        saved = text
      } catch {
        throw .failure(error)
      }
      guard parsed != nil else { return Array(saved.utf8) }
      if saved == shown { return payload }
      do throws(JSONSyntaxError) {
        return Array(JSONWriter.compact.string(try JSONValue(parsing: saved)).utf8)
      } catch {
        let question = "What was saved is no JSON: \(error). Edit it again?"
        guard let prompter = call.session.prompter, await prompter.confirm(question) else {
          throw .failure(Self.notJSON(error))
        }
      }
    }
  }

  // MARK: Messages

  private static let noEditor = Failure(
    "no-terminal", "--edit needs a terminal for the editor", help: "change the payload in the pipe: with {payload: …}")
  private static let notText = Failure(.notText, "the payload is not text, and cannot be edited")
  private static let nothingSaved = Failure("not-confirmed", "nothing was saved, so nothing is delivered")

  private static func notJSON(_ error: JSONSyntaxError) -> Failure {
    Failure(.badText, "what was saved is no JSON, so nothing is delivered: \(error)")
  }
}
