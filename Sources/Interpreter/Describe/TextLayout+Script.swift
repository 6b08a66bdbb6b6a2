import Basics

extension TextLayout {
  /// A script as an example shows it: a pipeline that is too long for a line goes on in the next ones.
  static func script(_ script: String, indent: Int) -> String {
    let margin = "".padded(to: indent)
    return script.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      pieces(String(line), width: width - indent).enumerated().map { number, piece in
        margin + (number == 0 ? "" : "  ") + piece + "\n"
      }.joined()
    }.joined()
  }

  /// The line broken into as few pieces as will do: before a `|` outside brackets, and where that is not enough before a
  /// flag, with a `\`, and behind commas.
  private static func pieces(_ line: String, width: Int) -> [String] {
    guard DisplayWidth.width(line) > width else { return [line] }
    // Further lines are indented by two.
    let stages = joined(parts(of: line, at: .pipe), width: width - 2, breakMark: "")
    return stages.flatMap { stage in
      guard DisplayWidth.width(stage) > width - 2 else { return [stage] }
      return joined(parts(of: stage, at: .flag), width: width - 4, breakMark: " \\").flatMap { piece in
        DisplayWidth.width(piece) > width - 2
          ? joined(parts(of: piece, at: .comma), width: width - 2, breakMark: "") : [piece]
      }
    }
  }

  /// The text cut before each `|` or flag that stands outside brackets, or behind each comma.
  private static func parts(of text: String, at kind: Token.Kind) -> [String] {
    let bytes = Array(text.utf8)
    var parts: [String] = []
    var (start, open) = (0, 0)
    for token in Lexer.tokens(bytes, in: 0..<bytes.count) {
      switch token.kind {
      case .leftBrace, .leftBracket, .leftParenthesis: open += 1
      case .rightBrace, .rightBracket, .rightParenthesis: open -= 1
      default: break
      }
      guard token.kind == kind, open == 0 || kind == .comma else { continue }
      let end = kind == .comma ? token.span.end : token.span.start
      parts.append(String(decoding: bytes[start..<end], as: UTF8.self))
      start = end
    }
    parts.append(String(decoding: bytes[start...], as: UTF8.self))
    return parts.map { String($0.drop { $0 == " " }).trimmedEnd() }.filter { !$0.isEmpty }
  }

  /// As many parts in a piece as fit.
  private static func joined(_ parts: [String], width: Int, breakMark: String) -> [String] {
    var pieces: [String] = []
    for part in parts {
      guard let last = pieces.last, DisplayWidth.width(last) + 1 + DisplayWidth.width(part) <= width else {
        if !pieces.isEmpty { pieces[pieces.count - 1] += breakMark }
        pieces.append(part)
        continue
      }
      pieces[pieces.count - 1] = last + " " + part
    }
    return pieces
  }
}
