package import Interpreter

/// The lines of a person who is not there, and the text that was to be edited.
package final class MemoryHistory: LineHistory {
  package private(set) var lines: [String]
  package private(set) var edited: String?

  package init(_ lines: [String]) { self.lines = lines }

  package func clear() { lines = [] }
  package func edit(_ text: String) throws(Failure) { edited = text }
}
