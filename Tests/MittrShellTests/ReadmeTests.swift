import Foundation
import TestSupport
import Testing

/// The README's commands, each with the output that stands under it.
@Suite("README")
struct ReadmeTests {
  struct Example: CustomStringConvertible, Sendable {
    let command: String
    let output: String

    var description: String { command }

    /// The words of the command as a POSIX shell splits these lines: at spaces, with quotes taken off.
    var words: [String] {
      var words: [String] = []
      var word = ""
      var quote: Character?
      for character in command {
        if character == quote {
          quote = nil
        } else if quote == nil, character == "'" {
          quote = character
        } else if quote == nil, character == " " {
          words.append(word)
          word = ""
        } else {
          word.append(character)
        }
      }
      return words + [word]
    }
  }

  static let root = GoldenCase.sourceFolder.split(separator: "/").dropLast().map { "/" + $0 }.joined()

  /// A block that is one `scripts/mittr` command, followed by a block that is its output.
  static let examples: [Example] = {
    guard let data = FileManager.default.contents(atPath: root + "/README.md") else { return [] }
    let blocks = String(decoding: data, as: UTF8.self).components(separatedBy: "```\n")
    return blocks.indices.dropLast(2).compactMap { index in
      guard blocks[index].hasPrefix("scripts/mittr "), blocks[index].filter({ $0 == "\n" }).count == 1,
        blocks[index + 1].isEmpty
      else { return nil }
      return Example(command: String(blocks[index].dropLast()), output: blocks[index + 2])
    }
  }()

  @Test("A command of the README prints what stands under it", arguments: examples)
  func example(example: Example) async throws {
    let arguments = example.words.dropFirst().filter { $0 != "--sandbox" }
    let result = try await InProcessShell.run(Array(arguments), folder: Self.root)
    #expect(result.status == 2 ? result.errors == example.output : result.output == example.output)
  }

  @Test("The README's minute of the language runs as it stands")
  func language() async throws {
    let text = String(
      decoding: try #require(FileManager.default.contents(atPath: Self.root + "/README.md")), as: UTF8.self)
    let block = try #require(text.components(separatedBy: "```\n").first { $0.hasPrefix("let failed = ") })
    let result = try await InProcessShell.run(["-o", "jsonl", "-c", block], folder: Self.root)
    #expect(result.errors == "")
    #expect(result.status == 0)
    #expect(result.output.contains("\nNOT_FOUND\n"))
    #expect(result.output.contains(#""payload":{"orderId":"ord_123","amount":9900}"#))
  }

  @Test("The README's local loop runs as it stands, but for what needs a terminal")
  func loop() async throws {
    let text = String(
      decoding: try #require(FileManager.default.contents(atPath: Self.root + "/README.md")), as: UTF8.self)
    let block = try #require(text.components(separatedBy: "```\n").first { $0.hasPrefix("listen 4000") })
    let lines = block.split(separator: "\n").filter { !$0.contains("--edit") && !$0.contains("| browse") }
    #expect(lines.count >= 8)
    let port = try ReservedPort().number
    let script = lines.joined(separator: "\n").replacingOccurrences(of: "4000", with: String(port))
    let result = try await ShellProcess.run("--sandbox", "-o", "jsonl", "-c", script)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(#"{"method":"POST","path":"/hook","valid":true,"status":200}"#), "\(result.output)")
    #expect(result.output.contains("The signature is right"), "\(result.output)")
    #expect(result.output.contains(#""ok":true,"status":200"#), "\(result.output)")
  }

  @Test("There are examples")
  func count() { #expect(Self.examples.count >= 5) }
}
