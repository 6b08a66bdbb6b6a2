import Basics
import Interpreter

/// The person's own text editor, on the same terminal: `$VISUAL`, `$EDITOR`, or vi.
final class ExternalEditor: TextEditor {
  /// A command line for the shell; the file's name is put behind it.
  private let command: String
  private let folder: String
  private let environment: [String: String]

  init(_ environment: [String: String]) {
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    command = variable("VISUAL") ?? variable("EDITOR") ?? "vi"
    folder = variable("TMPDIR") ?? "/tmp"
    self.environment = environment
  }

  func edit(_ text: String, ending: String = ".mittr") throws(Failure) -> String? {
    let path = try temporaryFile(text + "\n", ending)
    defer { unlink(path) }
    let status = try run(path)
    guard status == 0 else { throw Self.failed(command, status) }
    guard let saved = String(validating: TextDecoder.decoded(try HostFiles().read(path)), as: UTF8.self) else {
      throw Failure(.notText, "what the editor saved is not UTF-8 text")
    }
    let end = saved.lastIndex { !$0.isNewline }
    return end.map { String(saved[...$0]) }.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
  }

  /// Readable by its owner alone, since a line may hold a secret.
  private func temporaryFile(_ text: String, _ ending: String) throws(Failure) -> String {
    // `mkstemps` puts letters of its own in the place of the six.
    var template = Array((folder + "/mittr-" + String(repeating: "X", count: 6) + ending).utf8CString)
    let descriptor = mkstemps(&template, Int32(ending.utf8.count))
    guard descriptor >= 0 else { throw Self.noFile(folder, errno) }
    defer { close(descriptor) }
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    do throws(SystemError) {
      try writeAll(Array(text.utf8), to: descriptor)
    } catch {
      unlink(path)
      throw Self.noFile(folder, error.code)
    }
    return path
  }

  /// - Returns: the exit status; 128 and more for a signal.
  private func run(_ path: String) throws(Failure) -> Int32 {
    do throws(SystemError) {
      return try ForegroundProgram(command + " \"$1\"", arguments: [path], environment: environment).wait()
    } catch {
      throw Failure("editor-failed", "cannot start the editor: \(error.text)")
    }
  }

  private static func failed(_ command: String, _ status: Int32) -> Failure {
    Failure(
      "editor-failed", "the editor \(command) ended with status \(status), so nothing is done",
      help: status == 127 ? "EDITOR or VISUAL names the editor" : nil)
  }

  private static func noFile(_ folder: String, _ code: Int32) -> Failure {
    Failure(.fileError, "cannot write a file in \(folder): \(SystemError(code).text)")
  }
}
