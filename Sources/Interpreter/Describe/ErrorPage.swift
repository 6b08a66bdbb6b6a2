/// The codes of errors and warnings, for `help errors` and the reference.
enum ErrorPage {
  /// What the list does not say.
  static let rest =
    "What is found before anything runs ends with 2, whatever its code. A server's codes pass through as they are."

  /// A line for each code: the code, the exit status of a script that it ends, and what it means.
  static func text(of registry: CommandRegistry) -> String {
    let codes = registry.errorCodes
    let width = (codes.map { $0.rawValue.count }.max() ?? 0) + 2
    return TextLayout.filled(
      "The codes of errors, as $err.code and error[CODE] have them, with the exit status of a script that one ends while "
        + "it runs. " + rest) + "\n"
      + codes.map { code in
        TextLayout.filled(
          code.summary, first: code.rawValue.padded(to: width) + status(of: code).padded(to: 3), indent: width + 3)
      }.joined()
  }

  /// The exit status; a warning has none.
  static func status(of code: Failure.Code) -> String { code.exitStatus == 0 ? "-" : String(code.exitStatus) }
}
