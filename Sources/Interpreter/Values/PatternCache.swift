import Basics
import Synchronization

/// The patterns used lately, so that one in a filter is not compiled anew for each item.
enum PatternCache {
  /// A script has few patterns; one that makes them up from its data starts over now and then.
  private static let capacity = 64
  private static let patterns = Mutex<[String: Pattern]>([:])

  /// - Throws: a failure with code `bad-pattern` that says what is wrong and where.
  static func pattern(_ source: String) throws(Failure) -> Pattern {
    // Strings that look the same may differ in their scalars.
    if let known = patterns.withLock({ $0[source] }), known.source.utf8.elementsEqual(source.utf8) { return known }
    let pattern: Pattern
    do throws(PatternError) {
      pattern = try Pattern(source)
    } catch {
      throw .badPattern(source, error)
    }
    patterns.withLock { patterns in
      if patterns.count >= capacity { patterns.removeAll() }
      patterns[source] = pattern
    }
    return pattern
  }
}

extension Failure {
  static func badPattern(_ source: String, _ error: PatternError) -> Failure {
    let shown = source.unicodeScalars.count <= 60 ? "'\(source)'" : "the pattern"
    return Failure(.badPattern, "\(shown) is not a regular expression: \(error)")
  }

  static var tooMuchWork: Failure {
    Failure(.tooMuchWork, "the text is too long to be matched with this pattern")
  }
}
