/// A pattern of files' names, such as `logs/*.jsonl`: `*` stands for any text, `?` for one character, neither for a slash.
/// Names that begin with a dot fit only where the pattern has the dot.
struct FilePattern {
  private let text: String
  /// The folder to begin in, with the slash behind it; empty for the current one.
  private let folder: String
  /// What stands between the slashes behind it.
  private let parts: [[Character]]

  /// More files are not opened.
  private static let mostFiles = 10_000

  /// Nil for a name without a wildcard.
  init?(_ text: String) {
    var names = text.split(separator: "/", omittingEmptySubsequences: false)[...]
    var folder = ""
    while let name = names.first, !name.contains(where: { $0 == "*" || $0 == "?" }) {
      folder += name + "/"
      names = names.dropFirst()
    }
    guard !names.isEmpty else { return nil }
    self.text = text
    self.folder = folder
    parts = names.filter { !$0.isEmpty }.map { Array($0) }
  }

  /// The files that fit, sorted by name.
  /// - Throws: a failure with code `file-error` when none does, or a folder cannot be read.
  func names(in files: any FileAccess) throws(Failure) -> [String] {
    var found = [folder]
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      var next: [String] = []
      for folder in found {
        for entry in try files.entries(of: folder) where entry.isFolder != isLast && fits(entry.name, part) {
          next.append(folder + entry.name + (isLast ? "" : "/"))
          guard next.count <= Self.mostFiles else { throw tooMany }
        }
        if Task.isCancelled { throw Failure(.cancelled, "looking for files was cancelled") }
      }
      found = next
    }
    guard !found.isEmpty else { throw nothing }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Goes back to the last star only, so the time grows with the product of the lengths at most.
  private func fits(_ name: String, _ part: [Character]) -> Bool {
    guard name.first != "." || part.first == "." else { return false }
    let name = Array(name)
    var (place, next) = (0, 0)
    var star: (place: Int, next: Int)?
    while place < name.count {
      if next < part.count, part[next] == "*" {
        star = (place, next)
        next += 1
      } else if next < part.count, part[next] == "?" || part[next] == name[place] {
        place += 1
        next += 1
      } else if let last = star {
        star = (last.place + 1, last.next)
        place = last.place + 1
        next = last.next + 1
      } else {
        return false
      }
    }
    return part[next...].allSatisfy { $0 == "*" }
  }

  private var nothing: Failure {
    Failure(
      .fileError, "no file fits '\(text)'",
      help: "* stands for any text and ? for one character of a name, neither for a slash")
  }

  private var tooMany: Failure { Failure(.fileError, "more than \(Self.mostFiles) files fit '\(text)'") }
}
