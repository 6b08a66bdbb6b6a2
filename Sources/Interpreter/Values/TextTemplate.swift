import Basics

/// A text with places for values in it: `{id} failed with {code}`. `{{` and `}}` are the braces themselves.
///
/// It fits a text as a whole; each place takes as little as it can.
struct TextTemplate: Sendable {
  private let names: [String]
  private let pattern: Pattern

  /// - Throws: what is wrong with it, in a few words.
  init(_ text: String) throws(ConversionError) {
    var pattern = "(?s)^"
    var names: [String] = []
    var name: String?
    var isBehindPlace = false
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if name != nil {
        switch scalar {
        case "}":
          let finished = name ?? ""
          guard !finished.isEmpty else { throw ConversionError("a place needs a name, as in {id}") }
          guard !names.contains(finished) else { throw ConversionError("{\(finished)} stands there twice") }
          names.append(finished)
          name = nil
          pattern += "(.*?)"
          isBehindPlace = true
        case "{": throw ConversionError("a place's name has no brace in it")
        default: name?.unicodeScalars.append(scalar)
        }
      } else if scalar == "{", rest.first != "{" {
        guard !isBehindPlace else { throw ConversionError("two places need some text between them") }
        name = ""
      } else {
        if scalar == "{" || scalar == "}" {
          guard rest.popFirst() == scalar else { throw ConversionError("a } closes nothing; a literal one is }}") }
        }
        if scalar.isASCII, !ScalarSet.isWord(scalar) { pattern += "\\" }
        pattern.unicodeScalars.append(scalar)
        isBehindPlace = false
      }
    }
    guard name == nil else { throw ConversionError("a { is never closed; a literal one is {{") }
    self.names = names
    do throws(PatternError) {
      self.pattern = try Pattern(pattern + "$")
    } catch {
      throw ConversionError("the template is too long")
    }
  }

  /// The values by name, in the template's order; nil when the text does not fit.
  func values(in text: String) throws(MatchingStopped) -> [(name: String, value: String)]? {
    var matches = pattern.matches(in: text)
    guard let match = try matches.next() else { return nil }
    let bytes = Array(text.utf8)
    return zip(names, match.groups.dropFirst()).map { name, range in
      (name, range.map { String(decoding: bytes[$0], as: UTF8.self) } ?? "")
    }
  }
}
