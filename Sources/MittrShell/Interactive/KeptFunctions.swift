import Basics
import Interpreter
import ShellCommands

/// `functions.mittr` in the configuration folder: what `def --keep` keeps, which each interactive shell reads first.
final class KeptFunctions: FunctionKeeper {
  private static let name = "functions.mittr"
  /// In bytes.
  private static let largestFile = 1 << 20

  private let path: String
  private let registry: CommandRegistry

  init(_ folder: ConfigurationFolder, _ registry: CommandRegistry) {
    path = folder.place(of: Self.name)
    self.registry = registry
  }

  /// - Returns: nil when nothing is kept.
  /// - Throws: a failure when it cannot be read, or may have been written by somebody else.
  func source() throws(Failure) -> SourceText? {
    let bytes = try PrivateFile.contents(
      of: path, largest: Self.largestFile, without: 0o022,
      Failure(.badConfiguration, "\(path) is not read: others may write to it", help: "chmod go-w \(path)"))
    return bytes.map { SourceText(name: path, path: path, bytes: $0) }
  }

  func keep(_ name: String, _ text: String) throws(Failure) {
    guard SecretValues(in: text).spans.isEmpty else {
      throw Failure(.notKept, "'\(name)' holds a secret, and is not kept", help: "take it from $env, or as a parameter")
    }
    var kept = try self.text()
    for place in places(of: name, in: kept).reversed() { kept.removeSubrange(place) }
    if let last = kept.last, last != UInt8(ascii: "\n") { kept.append(UInt8(ascii: "\n")) }
    kept += Array(text.utf8) + [UInt8(ascii: "\n")]
    let parsed = Parser.parse(SourceText(name: path, bytes: kept), in: context)
    if let mistake = parsed.diagnostics.first(where: { $0.severity == .error }) {
      throw Failure(
        .notKept, "'\(name)' could not be read by another session: \(mistake.message)",
        help: "a function that is kept can use its parameters, and other functions that are kept")
    }
    guard kept.count <= Self.largestFile else {
      throw Failure(.notKept, "\(path) would become too large", help: "undef NAME makes room")
    }
    try PrivateFile.write(kept, to: path)
  }

  func forget(_ name: String) throws(Failure) -> Bool {
    var kept = try text()
    let places = places(of: name, in: kept)
    guard !places.isEmpty else { return false }
    for place in places.reversed() { kept.removeSubrange(place) }
    try PrivateFile.write(kept, to: path)
    return true
  }

  /// What a new session knows.
  private var context: ParsingContext { ParsingContext(registry: registry) }

  private func text() throws(Failure) -> [UInt8] { try source()?.bytes ?? [] }

  /// Where the definitions of a name stand, with the line break behind each.
  private func places(of name: String, in text: [UInt8]) -> [Range<Int>] {
    Parser.parse(SourceText(name: path, bytes: text), in: context).program.definitions(of: name).map { place in
      place.upperBound < text.count && text[place.upperBound] == UInt8(ascii: "\n")
        ? place.lowerBound..<place.upperBound + 1 : place
    }
  }
}
