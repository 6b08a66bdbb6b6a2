import Basics

/// The size of a terminal's window, in character cells.
public struct TerminalSize: Sendable, Equatable {
  public var columns: Int
  public var rows: Int

  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// The size of the window on standard output, or `nil` when that is no terminal or does not know its size.
  public static var current: TerminalSize? { TerminalSize(fileDescriptor: STDOUT_FILENO) }

  /// The size of the window behind a file descriptor, or `nil` when it is no terminal or does not know its size.
  public init?(fileDescriptor: Int32) {
    var size = winsize()
    guard ioctl(fileDescriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    self.init(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }
}

/// Whether a file descriptor is a terminal.
public func isTerminal(_ fileDescriptor: Int32) -> Bool { isatty(fileDescriptor) == 1 }
