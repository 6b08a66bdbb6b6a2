/// A key that was pressed, or text that was pasted.
enum Key: Hashable, Sendable {
  /// A printing one.
  case character(Unicode.Scalar)
  /// Together with Ctrl; the letter in lower case.
  case control(Unicode.Scalar)
  case paste(String)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right, pageUp, pageDown, home, end
}
