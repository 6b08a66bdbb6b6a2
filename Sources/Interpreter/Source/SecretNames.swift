/// Which names say that what they name is a secret: of parameters, keys, variables, also when they are misspelled.
public enum SecretNames {
  private static let words = [
    "secret", "password", "passwd", "passphrase", "apikey", "privatekey", "signingkey", "accesskey", "credential",
    "authorization",
  ]
  /// What is about a secret, and not one.
  private static let endings = ["file", "path", "name", "id", "url"]

  /// Whether a parameter, a key or a variable of this name holds a secret.
  /// - Parameter distance: how many letters may be wrong, left out, too many or swapped in `secret`.
  public static func isSecret(_ name: some StringProtocol, distance: Int = 1) -> Bool {
    guard (4...80).contains(name.utf8.count) else { return false }
    let letters = String(name.lowercased().filter { $0 != "-" && $0 != "_" })
    guard !endings.contains(where: letters.hasSuffix) else { return false }
    if letters.hasSuffix("token") || words.contains(where: letters.contains) { return true }
    let last = name.lowercased().split { $0 == "-" || $0 == "_" }.last ?? ""
    return (5...8).contains(last.count) && Suggestion.editDistance(Array(last), Array("secret")) <= distance
  }

  /// Whether an environment variable holds a secret.
  public static func isSecret(variable name: String) -> Bool {
    isSecret(name) || name.hasSuffix("_KEY") || name.hasSuffix("_PAT") || name.hasSuffix("_AUTH")
  }
}
