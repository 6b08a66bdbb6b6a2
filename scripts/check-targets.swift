// Holds each target's `import` lines against the dependencies that Package.swift declares for it: an ordinary build
// also accepts an import of what is only somewhere else in the graph. Holds the folders of the big targets against their
// floors: a folder names only the types of folders that stand before it.
//
// Holds the map in .github against both.
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

/// Whether the lines end in the start of the alternative for systems that have no FoundationEssentials, or of what is for
/// Darwin alone, where Foundation is part of the system.
func isFallback(_ lines: ArraySlice<Substring>) -> Bool {
  let lines = lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.hasPrefix("//") }
    .map { $0.replacing(#/^(public|package) (?=import )/#, with: "") }
  return lines.suffix(3) == ["#if canImport(FoundationEssentials)", "import FoundationEssentials", "#else"]
    || lines.last == "#if canImport(Darwin)"
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

// MARK: Floors

/// The folders of a target, the lowest first.
struct Floors {
  let target: String
  let folders: [String]
  var exceptions: [Exception] = []

  /// A mention of a higher folder's type that stays.
  struct Exception {
    let file: String
    let type: String
    let reason: String
  }
}

let floors = [
  Floors(
    target: "Interpreter",
    folders: [
      "Text", "Source", "Failures", "Values", "Streams", "Render", "Declare", "Syntax", "Evaluate", "Read", "Describe",
      "Commands",
    ],
    exceptions: [
      .init(
        file: "Declare/Command.swift", type: "Call",
        reason: "a declaration holds the command's body, and the body takes the call that runs it")
    ]),
  Floors(
    target: "ShellCommands",
    folders: [
      "Connection", "Bulk/Model", "Bulk/Journal", "Bulk/Run", "Requests", "Events", "Endpoints", "Signatures",
      "Deliver", "Browse",
      "Programs", "Local", "Registry",
    ]),
  Floors(target: "MittrShell", folders: ["Host", "Console", "Browse", "Sandbox", "Interactive", "CommandLine"]),
  Floors(target: "MittrWebhooks", folders: ["Headers", "Sign", "Verify", "Handle", "Read", "Diagnose"]),
  Floors(
    target: "MittrSandbox",
    folders: [
      "Support", "HTTP", "Store", "Endpoints", "Events", "Delivery", "Faults", "Seed", "Server", "Sandbox",
    ],
    exceptions: [
      .init(
        file: "Support/SandboxConfiguration.swift", type: "FaultPlan",
        reason: "the faults are a setting, and all floors read settings; what a fault does stands in Faults alone")
    ]),
]

/// A file's code without comments and texts; what is interpolated in a text stays.
func code(of text: String) -> String {
  var code = ""
  var rest = Substring(text)
  /// For each text that an interpolation stands in, how its end is written, and how many parentheses are open.
  var around: [(delimiter: String, open: Int)] = []

  func skipText(_ delimiter: String) {
    while !rest.isEmpty {
      if rest.hasPrefix(delimiter) {
        rest.removeFirst(delimiter.count)
        return
      }
      if delimiter.hasSuffix("#") {
        rest.removeFirst()
      } else if rest.hasPrefix("\\(") {
        rest.removeFirst(2)
        around.append((delimiter, 1))
        return
      } else {
        rest.removeFirst(rest.hasPrefix("\\") ? min(2, rest.count) : 1)
      }
    }
  }

  while let character = rest.first {
    if rest.hasPrefix("//") {
      rest = rest.drop { !$0.isNewline }
    } else if rest.hasPrefix("/*") {
      rest = rest.range(of: "*/").map { rest[$0.upperBound...] } ?? ""
    } else if rest.hasPrefix("#\"") {
      rest.removeFirst(2)
      skipText("\"#")
    } else if rest.hasPrefix("\"\"\"") {
      rest.removeFirst(3)
      skipText("\"\"\"")
    } else if character == "\"" {
      rest.removeFirst()
      skipText("\"")
    } else {
      code.append(character)
      rest.removeFirst()
      guard let last = around.indices.last else { continue }
      if character == "(" { around[last].open += 1 }
      guard character == ")" else { continue }
      around[last].open -= 1
      if around[last].open == 0 { skipText(around.removeLast().delimiter) }
    }
  }
  return code
}

/// The types that stand at the top of a file, for others to use.
func declaredTypes(in code: String) -> Set<String> {
  let pattern =
    #/^(?<modifiers>(@\w+(\([^)]*\))?\s+|public |package |internal |private |fileprivate |final |indirect |nonisolated )*)(struct|class|enum|protocol|actor|typealias) (?<name>\w+)/#
    .anchorsMatchLineEndings()
  return Set(
    code.matches(of: pattern).filter { !$0.output.modifiers.contains("private") }.map { String($0.output.name) })
}

/// The types that a file names and does not declare itself, at whatever depth.
func namedTypes(in code: String) -> Set<String> {
  let own = Set(
    code.matches(of: #/\b(struct|class|enum|protocol|actor|typealias|case) (?<name>\w+)/#).map {
      String($0.output.name)
    })
  let names = code.matches(of: #/(?<dot>\.\s*)?\b(?<name>[A-Z]\w*)/#)
  return Set(names.filter { $0.output.dot == nil }.map { String($0.output.name) }).subtracting(own)
}

/// One line for each mention of a type of a higher folder, and for each exception that none needs.
func floorDefects(in folder: URL, _ floors: Floors) throws -> [String] {
  guard let paths = FileManager.default.enumerator(atPath: folder.path) else {
    throw Failure(description: "\(folder.path) cannot be read")
  }
  var defects: [String] = []
  var files: [(path: String, floor: Int, code: String)] = []
  for path in paths.compactMap({ $0 as? String }).filter({ $0.hasSuffix(".swift") }).sorted() {
    guard let floor = floors.folders.lastIndex(where: { path.hasPrefix($0 + "/") }) else {
      defects.append("\(floors.target)/\(path) stands on no floor")
      continue
    }
    files.append((path, floor, code(of: try String(contentsOf: folder.appending(path: path), encoding: .utf8))))
  }
  // A type of several folders counts as the lowest one's.
  var floorOfType: [String: Int] = [:]
  for file in files {
    for type in declaredTypes(in: file.code) { floorOfType[type] = min(floorOfType[type] ?? file.floor, file.floor) }
  }
  var unused = floors.exceptions
  for file in files {
    for type in namedTypes(in: file.code).sorted() {
      guard let floor = floorOfType[type], floor > file.floor else { continue }
      if floors.exceptions.contains(where: { $0.file == file.path && $0.type == type }) {
        unused.removeAll { $0.file == file.path && $0.type == type }
      } else {
        defects.append("\(floors.target)/\(file.path) names \(type), which stands higher, in \(floors.folders[floor])")
      }
    }
  }
  return defects + unused.map { "\(floors.target)/\($0.file): the exception for \($0.type) is not needed" }
}

/// Writes a target of two floors with these files, and gives what is found in it.
func floorDefects(lower: String, upper: String, _ exceptions: [Floors.Exception] = []) throws -> [String] {
  let folder = FileManager.default.temporaryDirectory.appending(path: "check-targets-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  for (path, text) in ["Low/Low.swift": lower, "High/High.swift": upper] {
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
  return try floorDefects(in: folder, Floors(target: "Planted", folders: ["Low", "High"], exceptions: exceptions))
}

func floorSelfTest() throws {
  let found = "Planted/Low/Low.swift names High, which stands higher, in High"
  let exception = Floors.Exception(file: "Low/Low.swift", type: "High", reason: "planted")
  let upper = "public struct High {\n  let low: Low\n}\nprivate struct Hidden {}\n"
  let cases: [(lower: String, exceptions: [Floors.Exception], expected: [String])] = [
    ("struct Low {\n  let high: High\n}\n", [], [found]),
    ("struct Low {}\nextension High {}\n", [], [found]),
    (#"let text = "a \(High.self) b""# + "\nstruct Low {}\n", [], [found]),
    ("struct Low {\n  let high: High\n}\n", [exception], []),
    ("// High\nstruct Low {\n  let name = \"High\"\n  enum Inner { case High }\n}\n", [], []),
    ("struct Low {\n  struct Hidden {}\n  let hidden: Hidden\n  let other = Other.High\n}\n", [], []),
    ("struct Low {}\n", [exception], ["Planted/Low/Low.swift: the exception for High is not needed"]),
  ]
  for (lower, exceptions, expected) in cases {
    let defects = try floorDefects(lower: lower, upper: upper, exceptions)
    guard defects == expected else { throw Failure(description: "self-test: '\(lower)' gave \(defects)") }
  }
}

// MARK: The map

/// Where `.github/ARCHITECTURE.md` says something else than the package: its table of targets, its line of floors, and the
/// paths that it and its neighbours name.
func mapDefects(_ map: String, _ targets: [(name: String, dependencies: Set<String>)], _ floors: [Floors]) -> [String] {
  let lines = map.split(whereSeparator: \.isNewline)
  var listed: [String: Set<String>] = [:]
  for line in lines {
    guard let row = line.wholeMatch(of: #/([A-Z]\w+) +→ ?(.*)/#) else { continue }
    listed[String(row.1)] = Set(row.2.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
  }
  var defects = targets.filter { listed[$0.name] != $0.dependencies }.map { target in
    "the map's line of \(target.name) is not: \(target.dependencies.sorted().joined(separator: ", "))"
  }
  defects += Set(listed.keys).subtracting(targets.map(\.name)).sorted().map {
    "the map lists \($0), which is no target"
  }
  for floors in floors {
    let words = [floors.target] + floors.folders
    if !lines.contains(where: { $0.split(separator: " ").map(String.init) == words }) {
      defects.append("the map's floors of \(floors.target) are not: \(floors.folders.joined(separator: " "))")
    }
  }
  return defects
}

func mapDefects(in package: URL) throws -> [String] {
  let pages = try FileManager.default.contentsOfDirectory(
    at: package.appending(path: ".github"), includingPropertiesForKeys: nil
  )
  .filter { $0.pathExtension == "md" }.sorted { $0.path < $1.path }
  let targets = try manifest(of: package).targets.filter { $0.folder.hasPrefix("Sources/") }
  let map = try String(contentsOf: package.appending(path: ".github/ARCHITECTURE.md"), encoding: .utf8)
  let missing = try pages.flatMap { page in
    try String(contentsOf: page, encoding: .utf8).matches(of: #/`((?:Sources|Tests|scripts)\/[\w\/.+-]+)`/#)
      .map { String($0.1) }
      .filter { !FileManager.default.fileExists(atPath: package.appending(path: $0).path) }
      .map { "\(page.lastPathComponent) names \($0), which is not there" }
  }
  return mapDefects(map, targets.map { ($0.name, Set($0.dependencies.map(\.name))) }, floors) + missing
}

func mapSelfTest() throws {
  let floors = [Floors(target: "Top", folders: ["Low", "High"])]
  let map = "```\nBase →\nTop  → Base, Other\nGone → Base\n```\nTop  High Low\n"
  let found = mapDefects(map, [("Base", []), ("Top", ["Base"])], floors)
  guard
    found == [
      "the map's line of Top is not: Base", "the map lists Gone, which is no target",
      "the map's floors of Top are not: Low High",
    ]
  else { throw Failure(description: "self-test: the map gave \(found)") }
}

do {
  let arguments = CommandLine.arguments.dropFirst()
  if arguments == ["--self-test"] {
    try selfTest()
    try floorSelfTest()
    try mapSelfTest()
    print("check-targets: the planted imports and mentions were found")
  } else if arguments.isEmpty {
    let script = URL(filePath: CommandLine.arguments[0])
    let package = script.deletingLastPathComponent().deletingLastPathComponent()
    var found = try defects(in: package)
    for floors in floors {
      found += try floorDefects(in: package.appending(path: "Sources/\(floors.target)"), floors)
    }
    found += try mapDefects(in: package)
    for defect in found { print(defect) }
    if !found.isEmpty { exit(1) }
    print("check-targets: every import is declared, the floors hold, and the map is right")
  } else {
    throw Failure(description: "usage: scripts/check-targets [--self-test]")
  }
} catch {
  FileHandle.standardError.write(Data("check-targets: \(error)\n".utf8))
  exit(2)
}
