import CLibedit
import Foundation
import Testing

@testable import LineEditor

@Suite("What help says of keys")
struct KeyHelpTests {
  @Test("Each binding of ours has a summary, and its keys are named as a person knows them")
  func ours() {
    let bound = Array(KeyBindings.everywhere) + Array(KeyBindings.afterEscape) + Array(KeyBindings.emacsOnly)
    let told = (KeyHelp.emacs + KeyHelp.viCommandMode).map { $0.summary }
    for (_, command) in bound + Array(KeyBindings.viCommandMode) {
      let summary = KeyCommand.all.first { $0.name == command }?.help ?? LibeditKeys.summaries[command]
      #expect(summary.map { told.contains($0) } == true, "\(command)")
    }
    let keys = KeyHelp.emacs.flatMap { $0.keys }
    for key in ["Tab", "Enter", "Alt-Enter", "Up", "Ctrl-Right", "Ctrl-X Ctrl-E", "Alt-B", "Ctrl-R"] {
      #expect(keys.contains(key), "\(key)")
    }
    #expect(!(keys + KeyHelp.viCommandMode.flatMap { $0.keys }).contains { $0.contains("^") || $0.contains("\\") })
  }

  @Test("What is said of libedit's own keys is what libedit binds them to", arguments: [false, true])
  func libedit(isVi: Bool) throws {
    for (key, command) in Array(isVi ? LibeditKeys.viCommandMode : LibeditKeys.emacs) {
      let told = try Self.binding(of: key, isVi: isVi)
      #expect(told.split(whereSeparator: \.isWhitespace).last.map(String.init) == command, "\(key): \(told)")
    }
  }

  /// What an editor without any settings says of a key.
  private static func binding(of key: String, isVi: Bool) throws -> String {
    let (input, output) = (try #require(fopen("/dev/null", "r")), try #require(tmpfile()))
    defer {
      fclose(input)
      fclose(output)
    }
    let editor = try #require(el_init("none", input, output, output))
    defer { el_end(editor) }
    _ = editline_set_editor(editor, isVi ? "vi" : "emacs")
    let words = ["bind"] + (isVi ? ["-a"] : []) + [key]
    let copies = words.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    var pointers: [UnsafePointer<CChar>?] = copies.map { $0.map { UnsafePointer($0) } } + [nil]
    _ = el_parse(editor, Int32(words.count), &pointers)
    fflush(output)
    rewind(output)
    var buffer = [CChar](repeating: 0, count: 256)
    guard fgets(&buffer, Int32(buffer.count), output) != nil else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
