import Interpreter

extension Call {
  /// Refuses parameters that are given though another thing says the same.
  /// - Parameters:
  ///   - first: what has its place there, such as `--headers`.
  ///   - help: what to do; that `first` gives it already unless it is said.
  func refuse(
    _ parameters: [any AnyParameter], beside first: String, help: String? = nil
  ) throws(Interruption) {
    for parameter in parameters where isGiven(parameter) {
      throw .failure(
        Failure(
          .unexpectedArgument, "\(parameter.declaration.label) has no place beside \(first)", at: span(of: parameter),
          help: help ?? "\(first) gives it already: leave out one of the two"))
    }
  }

  /// Refuses parameters that are given without what they are for.
  func refuse(
    _ parameters: [any AnyParameter], without first: String, help: String? = nil
  ) throws(Interruption) {
    for parameter in parameters where isGiven(parameter) {
      throw .failure(
        Failure(
          .unexpectedArgument, "\(parameter.declaration.label) is for \(first)", at: span(of: parameter),
          help: help ?? "add \(first), or leave it out"))
    }
  }
}
