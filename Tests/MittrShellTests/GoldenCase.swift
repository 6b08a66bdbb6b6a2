import Foundation
import Interpreter

/// A script under `Tests/Golden/<topic>/`, with what it must print beside it: `.out` for standard output, `.err` for
/// standard error (empty without the file), `.exit` for the exit status (0 without the file).
///
/// A first line `#!mittr OPTIONS` gives the command line's options, a second one `#!env NAME=VALUE` changes the environment.
struct GoldenCase: CustomStringConvertible, Sendable {
  /// `topic/case`.
  let name: String

  var description: String { name }

  static let folder = sourceFolder + "/Golden"
  /// The folder `Tests`.
  static let sourceFolder = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()

  static let all: [GoldenCase] = {
    let files = FileManager.default.subpaths(atPath: folder) ?? []
    return files.filter { $0.hasSuffix(".mittr") }
      .map { GoldenCase(name: String($0.dropLast(".mittr".count))) }.sorted { $0.name < $1.name }
  }()

  /// Expectations that no script belongs to.
  static var orphans: [String] {
    let names = Set(all.map { $0.name })
    return (FileManager.default.subpaths(atPath: folder) ?? []).filter { file in
      [".out", ".err", ".exit"].contains { file.hasSuffix($0) && !names.contains(String(file.dropLast($0.count))) }
    }
  }

  var caseFolder: String { Self.folder + "/" + name.prefix { $0 != "/" } }
  var scriptName: String { name.drop { $0 != "/" }.dropFirst() + ".mittr" }

  /// The options in the script's first line.
  var options: [String] {
    guard let line = read(".mittr")?.prefix(while: { $0 != "\n" }), line.hasPrefix("#!mittr ") else { return [] }
    return line.dropFirst("#!mittr ".count).split(separator: " ").map(String.init)
  }

  /// What the second line, `#!env NAME=VALUE …`, puts into the environment.
  var environment: [String: String] {
    let lines = read(".mittr")?.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false) ?? []
    guard lines.count > 1, lines[1].hasPrefix("#!env ") else { return [:] }
    let pairs = lines[1].dropFirst("#!env ".count).split(separator: " ").map { $0.split(separator: "=", maxSplits: 1) }
    return Dictionary(pairs.map { (String($0[0]), $0.count > 1 ? String($0[1]) : "") }) { $1 }
  }

  struct Result: Equatable {
    var output: String
    var errors: String
    var status: Int32
  }

  /// What is on file; nil when nothing was recorded yet.
  var expected: Result? {
    guard let output = read(".out") else { return nil }
    let status = read(".exit").flatMap { Int32($0.filter { $0.isNumber }) } ?? 0
    return Result(output: output, errors: read(".err") ?? "", status: status)
  }

  func record(_ result: Result) throws {
    try write(result.output, ".out")
    try write(result.errors.isEmpty ? nil : result.errors, ".err")
    try write(result.status == 0 ? nil : "\(result.status)\n", ".exit")
  }

  private func read(_ ending: String) -> String? {
    FileManager.default.contents(atPath: Self.folder + "/" + name + ending).map { String(decoding: $0, as: UTF8.self) }
  }

  private func write(_ text: String?, _ ending: String) throws {
    let path = Self.folder + "/" + name + ending
    if let text {
      try Data(text.utf8).write(to: URL(filePath: path))
    } else if FileManager.default.fileExists(atPath: path) {
      try FileManager.default.removeItem(atPath: path)
    }
  }
}
