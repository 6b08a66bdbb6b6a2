/// The commit that a program was built from, as the build or the package that made it says in a file.
package struct BuiltCommit: Equatable {
  /// The first digits of its name; behind them `+changes` when what was built was not quite that commit.
  package let text: String

  /// Where the file is, from the program's folder: beside it after a build, below `share` where it is installed.
  private static let places = ["mittr.commit", "../share/mittr/commit"]
  private static let longest = 60

  /// - Parameter program: the path of the program.
  /// - Returns: nil where nobody says, and where the program was built anew since.
  package init?(ofProgram program: String) {
    let folder = program.lastIndex(of: "/").map { String(program[...$0]) } ?? "./"
    guard let built = Self.modificationTime(of: program) else { return nil }
    for place in Self.places {
      guard let written = Self.modificationTime(of: folder + place), written >= built,
        let text = Self.line(of: folder + place), Self.isCommit(text)
      else { continue }
      self.text = text
      return
    }
    return nil
  }

  private static func isCommit(_ text: String) -> Bool {
    let digits = text.hasSuffix("+changes") ? text.dropLast("+changes".utf8.count) : Substring(text)
    return 7...40 ~= digits.utf8.count && digits.utf8.allSatisfy { Hex.lowercaseDigits.contains($0) }
  }

  /// Whole seconds: a file system may keep no more.
  private static func modificationTime(of path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    #if canImport(Darwin)
      return status.st_mtimespec.tv_sec
    #else
      return status.st_mtim.tv_sec
    #endif
  }

  private static func line(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: longest)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
