import Basics
import LineEditor

/// Which of the standard streams are terminals, and how wide the window is.
struct TerminalState: Sendable {
  var isInputTerminal = false
  var isOutputTerminal = false
  var isErrorTerminal = false
  var columns = 80

  static var current: TerminalState {
    TerminalState(
      isInputTerminal: isTerminal(STDIN_FILENO), isOutputTerminal: isTerminal(STDOUT_FILENO),
      isErrorTerminal: isTerminal(STDERR_FILENO), columns: currentColumns)
  }

  /// The window's width now; 80 when it cannot be told.
  static var currentColumns: Int {
    guard let size = TerminalSize.current, size.columns > 0 else { return 80 }
    return size.columns
  }

  /// The size of the window that results or else messages go to.
  static var currentSize: TerminalSize? {
    TerminalSize.current ?? TerminalSize(fileDescriptor: STDERR_FILENO)
  }
}
