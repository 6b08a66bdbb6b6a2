// Reads the symbol graphs of the libraries, for scripts/check-public.
//
//   swift check-public.swift GRAPHS LIST [--record]

import Foundation

/// What `swift symbolgraph-extract` writes, as far as it matters here.
struct SymbolGraph: Decodable {
  struct Symbol: Decodable {
    struct Identifier: Decodable { let precise: String }
    struct Comment: Decodable { let lines: [Line] }
    struct Line: Decodable { let text: String }
    struct Fragment: Decodable { let spelling: String }
    struct Location: Decodable {
      struct Position: Decodable { let line: Int }
      let uri: String
      let position: Position
    }

    let identifier: Identifier
    let pathComponents: [String]
    let docComment: Comment?
    let declarationFragments: [Fragment]?
    let location: Location?
  }

  let symbols: [Symbol]
}

/// A public symbol, as a line of the list.
struct PublicSymbol: Hashable {
  let line: String
  let place: String
  let isDocumented: Bool

  init(_ symbol: SymbolGraph.Symbol, module: String) {
    let owner = symbol.pathComponents.dropLast().joined(separator: ".")
    let declaration = (symbol.declarationFragments ?? []).map(\.spelling).joined()
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    line = ([module, owner].filter { !$0.isEmpty }.joined(separator: ".")) + ": " + declaration
    let file = symbol.location?.uri.split(separator: "/").suffix(3).joined(separator: "/") ?? "?"
    place = "\(file):\((symbol.location?.position.line ?? -1) + 1)"
    isDocumented =
      !(symbol.docComment?.lines.allSatisfy { $0.text.allSatisfy(\.isWhitespace) } ?? true)
  }
}

/// The public symbols of the graphs in a folder, without what the compiler made up.
func symbols(in folder: String) throws -> [PublicSymbol] {
  let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
    $0.hasSuffix(".symbols.json")
  }
  var found: [String: PublicSymbol] = [:]
  for name in names.sorted() {
    // `Module.symbols.json`, or `Module@Other.symbols.json` for what extends another module's types.
    let module = String(name.prefix { $0 != "." && $0 != "@" })
    let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
    for symbol in try JSONDecoder().decode(SymbolGraph.self, from: data).symbols
    where !symbol.identifier.precise.contains("::SYNTHESIZED::") {
      found[symbol.identifier.precise] = PublicSymbol(symbol, module: module)
    }
  }
  return found.values.sorted { $0.line < $1.line }
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2 || arguments.count == 3 && arguments.last == "--record" else {
  FileHandle.standardError.write(Data("usage: scripts/check-public [--record]\n".utf8))
  exit(2)
}
let (graphs, list) = (arguments[1], arguments[2])
let found = try symbols(in: graphs)
let undocumented = found.filter { !$0.isDocumented }
for symbol in undocumented { print("undocumented: \(symbol.line)  (\(symbol.place))") }

let lines = found.map(\.line)
if arguments.count == 3 {
  try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: list))
  print("check-public: \(lines.count) symbols written to \(list)")
  exit(undocumented.isEmpty ? 0 : 1)
}
let recorded = try String(contentsOf: URL(filePath: list), encoding: .utf8).split(separator: "\n")
  .map(String.init)
let change = lines.difference(from: recorded)
for line in change.removals {
  if case .remove(_, let text, _) = line { print("- \(text)") }
}
for line in change.insertions {
  if case .insert(_, let text, _) = line { print("+ \(text)") }
}
guard change.isEmpty, undocumented.isEmpty else {
  if !change.isEmpty {
    print("check-public: the surface has changed; scripts/check-public --record takes it over")
  }
  exit(1)
}
print("check-public: \(lines.count) public symbols, all of them documented, as listed")
