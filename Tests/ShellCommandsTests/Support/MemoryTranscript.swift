import Interpreter
import ShellCommands

/// Knows what is written to, and writes nothing.
final class MemoryTranscript: TranscriptKeeper {
  private(set) var path: String?
  private var file: (any DurableFile)?

  func begin(_ file: any DurableFile, path: String) {
    self.file?.close()
    (self.file, self.path) = (file, path)
  }

  func end() throws(Failure) {
    file?.close()
    (file, path) = (nil, nil)
  }
}
