public import Interpreter
import OrderedJSON

/// Writes down what is typed and shown: a seam that an interactive host fills in.
public protocol TranscriptKeeper: AnyObject {
  /// Where it is written to; nil while it is not.
  var path: String? { get }
  /// Begins to write to a file, which it closes in the end. What was written to before is closed.
  func begin(_ file: any DurableFile, path: String)
  /// - Throws: a failure when the rest cannot be written.
  func end() throws(Failure)
}

/// Where a session keeps it; in a script there is none.
public enum TranscriptKey: SessionKey {
  public typealias Value = any TranscriptKeeper
}

enum LogCommand {
  private static let file = Parameter.optionalPositional("file", .file, "where to write; without it, says where")
  private static let isEnded = Parameter.flag("off", "end it")

  static let command = Command(
    "log", topic: .shell, "writes down in a file what is typed and shown from now on",
    discussion: """
      The file is appended to and is its owner's alone. Secrets are hidden in it, those too that the terminal shows, and \
      colours are left out; so is what is drawn in place, such as progress and watch. When the disk is full the log ends \
      with a message, and the shell goes on.
      """,
    input: .none, result: .value, parameters: [file, isEnded],
    searchWords: ["transcript", "script", "spool", "tee", "record", "\\o"],
    examples: [
      .init("log incident.txt", "from now on"),
      .init("log", "where it is written to"),
      .init("log incident.txt\nlog --off", "no more"),
    ]
  ) { call throws(Interruption) in
    guard let keeper = call.session[TranscriptKey.self] else {
      throw .failure(
        Failure(
          "not-interactive", "log writes down what a person types", at: call.nameSpan,
          help: "a script's output goes to a file with | save FILE, or with > FILE behind mittr"))
    }
    if try await call.value(isEnded) {
      guard let path = keeper.path else { throw .failure(Failure(.badArgument, "there is no log", at: call.nameSpan)) }
      do throws(Failure) { try keeper.end() } catch { throw .failure(error) }
      call.tell("log: \(path) is complete")
      return .nothing
    }
    guard let path = try await call.value(file) else {
      return .value(["file": keeper.path.map { .string($0) } ?? .null])
    }
    let file: any DurableFile
    do throws(Failure) { file = try call.session.files.openDurable(path) } catch {
      throw .failure(error)
    }
    keeper.begin(file, path: path)
    call.tell("log: \(path) gets what is typed and shown; log --off ends it")
    return .nothing
  }
}
