import Basics

extension EventTypePattern {
  /// The same pattern for SQLite's GLOB, in which `?` and `[` have a meaning too.
  var glob: String {
    var glob = ""
    for scalar in text.unicodeScalars {
      if scalar == "?" || scalar == "[" { glob += "[\(scalar)]" } else { glob.unicodeScalars.append(scalar) }
    }
    return glob
  }
}
