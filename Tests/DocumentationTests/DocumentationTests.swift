import Foundation
import Testing

/// Each Swift block of the articles and of the README stands, compiled and run, in a snippet of this folder.
@Suite("The documentation's Swift")
struct DocumentationTests {
  /// A block of Swift in a page of Markdown.
  struct Block: CustomTestStringConvertible, Sendable {
    let page: String
    let text: String

    var testDescription: String { "\(page): \(text.prefix(60))" }
  }

  static let folder = String(#filePath.dropLast("/DocumentationTests.swift".count))
  static let root = folder.components(separatedBy: "/").dropLast(2).joined(separator: "/")

  static func text(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  static func paths(in folder: String, ending suffix: String) -> [String] {
    (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(suffix) }.sorted()
  }

  static let pages: [String] =
    ["README.md"] + paths(in: root + "/Sources", ending: ".md").filter { $0.contains(".docc/") }.map { "Sources/" + $0 }

  static let blocks: [Block] = pages.flatMap { page in
    text("\(root)/\(page)").components(separatedBy: "```swift\n").dropFirst().compactMap { rest in
      rest.components(separatedBy: "```").first.map { Block(page: page, text: $0) }
    }
  }

  /// The lines between `// snippet` and `// end`, moved to the left margin.
  static let snippets: [String] = paths(in: folder, ending: ".swift").filter { $0 != "DocumentationTests.swift" }
    .flatMap { file in
      text("\(folder)/\(file)").components(separatedBy: "// snippet\n").dropFirst().compactMap { rest -> String? in
        guard let region = rest.components(separatedBy: "// end").first else { return nil }
        var lines = region.components(separatedBy: "\n")
        lines.removeLast()
        let margin = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { $0.dropFirst(margin) }.joined(separator: "\n")
      }
    }

  /// A block without its imports and without the empty lines around the rest.
  static func code(_ text: String) -> String {
    text.components(separatedBy: "\n").filter { !$0.hasPrefix("import ") }.joined(separator: "\n")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test("a block of a page stands in a snippet that is compiled and run", arguments: blocks)
  func block(block: Block) {
    #expect(Self.snippets.contains(Self.code(block.text)), "no snippet in Tests/DocumentationTests is:\n\(block.text)")
  }

  @Test("a snippet stands on a page", arguments: snippets)
  func snippet(snippet: String) {
    #expect(Self.blocks.contains { Self.code($0.text) == snippet }, "no page has:\n\(snippet)")
  }

  @Test("a module that a block imports is a product of this package, or one that its snippet imports too")
  func imports() {
    let known = Set(
      Self.paths(in: Self.folder, ending: ".swift").flatMap { file in
        Self.text("\(Self.folder)/\(file)").components(separatedBy: "\n").filter { $0.hasPrefix("import ") }
      })
    for block in Self.blocks {
      for line in block.text.components(separatedBy: "\n") where line.hasPrefix("import ") {
        #expect(known.contains(line), "\(block.page): \(line)")
      }
    }
  }

  @Test("there are pages and blocks")
  func count() {
    #expect(Self.pages.count >= 10)
    #expect(Self.blocks.count >= 30)
  }
}
