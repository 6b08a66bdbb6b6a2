/// Which names say that what they name is a secret: of parameters, keys, variables, also when they are misspelled.
public enum SecretNames {
  private static let words = [
    "secret", "password", "passwd", "passphrase", "apikey", "privatekey", "signingkey", "accesskey", "credential",
    "authorization",
  ]
  private static let wordLetters = (words + ["token"]).map { letters(of: $0) }
  private static let secretLetters = letters(of: "secret")
  /// Longer names are no names, in bytes.
  static let longest = 80
  /// What is about a secret, and not one.
  private static let endings = ["file", "path", "name", "id", "url"]

  /// A letter as a bit, in either case; no bit for what is no letter.
  static func letters(of byte: UInt8) -> UInt32 {
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 26 ? 1 << UInt32(letter) : 0
  }

  private static func letters(of text: some StringProtocol) -> UInt32 { text.utf8.reduce(0) { $0 | letters(of: $1) } }

  /// Whether a name of these letters may be that of a secret, with up to two mistakes in `secret`: a quick look that passes
  /// over most words.
  static func mayBeSecret(letters: UInt32) -> Bool {
    (letters & secretLetters).nonzeroBitCount >= secretLetters.nonzeroBitCount - 2
      || wordLetters.contains { letters & $0 == $0 }
  }

  /// Whether a parameter, a key or a variable of this name holds a secret.
  /// - Parameter distance: how many letters may be wrong, left out, too many or swapped in `secret`.
  public static func isSecret(_ name: some StringProtocol, distance: Int = 1) -> Bool {
    guard (4...longest).contains(name.utf8.count) else { return false }
    // Beyond ASCII there are letters whose lower case is within it.
    if name.utf8.allSatisfy({ $0 < 0x80 }), !mayBeSecret(letters: letters(of: name)) { return false }
    let letters = name.lowercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
    func ends(with word: String) -> Bool { letters.suffix(word.utf8.count).elementsEqual(word.utf8) }
    guard !endings.contains(where: ends) else { return false }
    if ends(with: "token") || words.contains(where: { isPart($0, of: letters) }) { return true }
    let last = name.lowercased().split { $0 == "-" || $0 == "_" }.last ?? ""
    return (5...8).contains(last.count) && Suggestion.editDistance(Array(last), Array("secret")) <= distance
  }

  /// As bytes: to search in a string makes the runtime look up conformances, a twentieth of a start.
  private static func isPart(_ word: String, of letters: [UInt8]) -> Bool {
    letters.indices.contains { letters[$0...].starts(with: word.utf8) }
  }

  /// Whether an environment variable holds a secret.
  public static func isSecret(variable name: String) -> Bool {
    isSecret(name) || name.hasSuffix("_KEY") || name.hasSuffix("_PAT") || name.hasSuffix("_AUTH")
  }
}
