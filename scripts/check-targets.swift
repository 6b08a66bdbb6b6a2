// Holds each target's `import` lines against the dependencies that Package.swift declares for it: an ordinary build
// also accepts an import of what is only somewhere else in the graph.
//
//   scripts/check-targets               checks this package; exit status 1 and one line for each defect
//   scripts/check-targets --self-test   checks packages with planted defects, to prove that they are found

import Foundation

/// What `swift package dump-package` prints, as far as it matters here.
struct Manifest: Decodable {
  struct Target: Decodable {
    let name: String
    let type: String
    let path: String?
    let dependencies: [Dependency]

    var isTest: Bool { type == "test" }
    var folder: String { path ?? (isTest ? "Tests/" : "Sources/") + name }
  }

  /// One entry such as `{"byName": ["OrderedJSON", null]}` or `{"product": ["Crypto", "swift-crypto", null, null]}`.
  /// The first item names the module: every product that we use has the name of its module.
  struct Dependency: Decodable {
    let name: String

    init(from decoder: any Decoder) throws {
      let entry = try decoder.singleValueContainer().decode([String: [Item]].self)
      name = entry.values.first?.first?.text ?? ""
    }
  }

  /// An item of a dependency's entry; only texts are of interest.
  struct Item: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
  }

  let targets: [Target]
}

struct Failure: Error, CustomStringConvertible {
  let description: String
}

/// Modules that come with the toolchain and weigh next to nothing. Foundation carries 30 MB of Unicode data, which would
/// weigh on the shell, so that it is for tests alone.
let toolchainModules: Set = [
  "Darwin", "Dispatch", "FoundationEssentials", "Glibc", "Musl", "RegexBuilder", "Swift", "Synchronization",
  "_StringProcessing",
]
let testModules: Set = ["Foundation", "Testing"]

func manifest(of package: URL) throws -> Manifest {
  let (process, output) = (Process(), Pipe())
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["swift", "package", "--package-path", package.path, "dump-package"]
  process.standardOutput = output
  try process.run()
  let text = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw Failure(description: "swift package dump-package failed") }
  return try JSONDecoder().decode(Manifest.self, from: text)
}

/// The module that a line imports, without the parts of it that come after a dot; nil for every other line.
func importedModule(in line: Substring) -> String? {
  let pattern =
    #/\s*(@\w+(\([^)]*\))?\s+)*((public|package|internal|fileprivate|private)\s+)?import\s+((struct|class|enum|protocol|func|var|let|typealias)\s+)?(?<module>\w+).*/#
  return line.wholeMatch(of: pattern).map { String($0.output.module) }
}

/// Whether the lines end in the start of the alternative for systems that have no FoundationEssentials.
func isFallback(_ lines: ArraySlice<Substring>) -> Bool {
  lines.suffix(3).map { $0.trimmingCharacters(in: .whitespaces) }
    == ["#if canImport(FoundationEssentials)", "import FoundationEssentials", "#else"]
}

/// One line for each import that its target does not declare.
func defects(in package: URL) throws -> [String] {
  try manifest(of: package).targets.flatMap { target -> [String] in
    let allowed = toolchainModules.union(target.dependencies.map(\.name)).union(target.isTest ? testModules : [])
    let folder = package.appending(path: target.folder)
    guard let paths = FileManager.default.enumerator(atPath: folder.path) else {
      throw Failure(description: "\(target.folder) cannot be read")
    }
    let files = paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
    return try files.flatMap { file -> [String] in
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      return zip(1..., lines).compactMap { number, line in
        guard let module = importedModule(in: line), !allowed.contains(module) else { return nil }
        guard module != "Foundation" || !isFallback(lines[..<(number - 1)]) else { return nil }
        return "\(target.folder)/\(file):\(number): \(target.name) imports \(module), which is not declared for it"
      }
    }
  }
}

/// Writes a package with one source line and one test line, and gives what is found in it.
func defects(sourceLine: String, testLine: String) throws -> [String] {
  let package = FileManager.default.temporaryDirectory.appending(path: "check-targets-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: package) }
  let files = [
    "Package.swift": """
    // swift-tools-version: 6.2
    import PackageDescription
    let package = Package(
      name: "planted",
      targets: [
        .target(name: "Base"), .target(name: "Top", dependencies: ["Base"]), .target(name: "Other"),
        .testTarget(name: "TopTests", dependencies: ["Top"]),
      ])
    """,
    "Sources/Base/Base.swift": "",
    "Sources/Other/Other.swift": "",
    "Sources/Top/Inner/Top.swift": "// A comment that says import Other.\n\(sourceLine)\n",
    "Tests/TopTests/TopTests.swift": "\(testLine)\n",
  ]
  for (path, text) in files {
    let file = package.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
  return try defects(in: package)
}

func selfTest() throws {
  let (source, test) = (
    "Sources/Top/Inner/Top.swift:2: Top imports ", "Tests/TopTests/TopTests.swift:1: TopTests imports "
  )
  let cases: [(sourceLine: String, testLine: String, expected: [String])] = [
    ("public import Base", "@testable import Top", []),
    ("import Synchronization", "import Foundation", []),
    (
      "#if canImport(FoundationEssentials)\n  import FoundationEssentials\n#else\n  import Foundation\n#endif", "", []
    ),
    ("import Other", "import Testing", [source + "Other"]),
    ("  @preconcurrency public import struct Other.Name", "", [source + "Other"]),
    ("import Foundation", "import Base", [source + "Foundation", test + "Base"]),
    ("import Testing", "@testable import Other", [source + "Testing", test + "Other"]),
  ]
  for (sourceLine, testLine, expected) in cases {
    let found = try defects(sourceLine: sourceLine, testLine: testLine)
    guard found == expected.map({ $0 + ", which is not declared for it" }) else {
      throw Failure(description: "self-test: '\(sourceLine)' and '\(testLine)' gave \(found)")
    }
  }
}

do {
  let arguments = CommandLine.arguments.dropFirst()
  if arguments == ["--self-test"] {
    try selfTest()
    print("check-targets: the planted imports were found")
  } else if arguments.isEmpty {
    let script = URL(filePath: CommandLine.arguments[0])
    let found = try defects(in: script.deletingLastPathComponent().deletingLastPathComponent())
    for defect in found { print(defect) }
    if !found.isEmpty { exit(1) }
    print("check-targets: every import is declared")
  } else {
    throw Failure(description: "usage: scripts/check-targets [--self-test]")
  }
} catch {
  FileHandle.standardError.write(Data("check-targets: \(error)\n".utf8))
  exit(2)
}
