import Foundation
import Testing

@testable import Interpreter

/// The pages beside the parser name all that it knows.
@Suite("Grammar")
struct GrammarTests {
  private static let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()

  private static func text(_ path: String) throws -> String {
    String(decoding: try #require(FileManager.default.contents(atPath: root + "/" + path)), as: UTF8.self)
  }

  @Test("The grammar has every keyword and every operator")
  func grammar() throws {
    let grammar = try Self.text("Sources/Interpreter/Syntax/Grammar.ebnf")
    for word in Keyword.allCases.map({ $0.rawValue }) { #expect(grammar.contains("\"\(word)\""), "\(word)") }
    for sign in Precedence.allCases.flatMap({ $0.signs }) where !["[0]", ".a", "-x"].contains(sign) {
      #expect(grammar.contains("\"\(sign)\""), "\(sign)")
    }
  }

  @Test("Every rule of the grammar that is used is defined, and the other way round")
  func rules() throws {
    let text = Self.withoutTerminals(try Self.text("Sources/Interpreter/Syntax/Grammar.ebnf"))
    var defined: Set<String> = []
    var used: Set<String> = ["program"]
    for rule in text.split(separator: ";") {
      let parts = rule.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      defined.insert(parts[0].trimmingCharacters(in: .whitespacesAndNewlines))
      let words = parts[1].split { !($0.isLetter || $0 == "-") }.map(String.init)
      used.formUnion(words.filter { $0.contains { $0.isLetter } })
    }
    let primitives: Set<String> = ["letter", "digit", "character", "line-break"]
    #expect(used.subtracting(defined).subtracting(primitives) == [])
    #expect(defined.subtracting(used) == [])
  }

  /// The rules without comments, terminals and `? … ?`.
  private static func withoutTerminals(_ grammar: String) -> String {
    let ends = ["(*": "*)", "\"": "\"", "'": "'", "?": "?"]
    var result = ""
    var rest = grammar[...]
    while let first = rest.first {
      guard let start = ends.keys.first(where: { rest.hasPrefix($0) }), let end = ends[start] else {
        result.append(first)
        rest = rest.dropFirst()
        continue
      }
      let inner = rest.dropFirst(start.count)
      rest = inner.range(of: end).map { inner[$0.upperBound...] } ?? ""
      result += " "
    }
    return result
  }

  @Test("The editor's syntax file has every keyword and every operator")
  func editor() throws {
    let syntax = try Self.text("scripts/editors/mittr.vim")
    let words = Set(syntax.split { $0.isWhitespace }.map(String.init))
    for keyword in Keyword.allCases { #expect(words.contains(keyword.rawValue), "\(keyword.rawValue)") }
    let line = try #require(syntax.split(separator: "\n").first { $0.hasPrefix("syntax match mittrOperator ") })
    let signs = line.split(separator: "\"")[1].replacing("\\~", with: "~").components(separatedBy: "\\|")
    for operation in Operator.allCases {
      #expect(operation.isWord ? words.contains(operation.sign) : signs.contains(operation.sign), "\(operation.sign)")
    }
  }
}
