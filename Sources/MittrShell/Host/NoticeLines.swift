import Interpreter
import Synchronization

/// Writes notices to the error stream, a line each, from whatever thread.
final class NoticeLines: Sendable {
  /// A sink belongs to nobody alone: what is written in one piece to a descriptor stays in one piece.
  private let errors: any ByteSink
  private let line: @Sendable (String) -> String
  private let isBusy = Mutex(())

  init(_ session: Session) {
    errors = session.errors
    line = session.noticeLine
  }

  var notify: @Sendable (String) -> Void {
    { text in
      let bytes = Array(self.line(text).utf8)
      self.isBusy.withLock { _ in try? self.errors.write(bytes) }
    }
  }
}
