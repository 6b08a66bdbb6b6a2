/// Why a test cannot go on, in words for whoever reads its report.
package struct TestFailure: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
