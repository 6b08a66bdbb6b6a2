import Basics
import OrderedJSON

extension Call {
  /// One value for one text, a stream for a stream. Null, which stands for a text that is missing, stays null; any other
  /// value is an error.
  func eachText(
    _ transform: @escaping (String) async throws(Interruption) -> JSONValue
  ) async throws(Interruption) -> Output {
    let name = name
    return try await eachItem { item throws(Interruption) in
      switch item {
      case .string(let text, _): return try await transform(text)
      case .null: return .null
      default: throw .failure(Failure(.typeMismatch, "'\(name)' takes text, got \(item.kindWithArticle)"))
      }
    }
  }

  /// The pattern that a `--regex` argument means.
  func pattern(_ source: String, from parameter: some AnyParameter) throws(Interruption) -> Pattern {
    do throws(Failure) {
      return try PatternCache.pattern(source)
    } catch {
      throw .failure(span(of: parameter).map { error.located(at: $0) } ?? error)
    }
  }
}

extension Pattern {
  /// Hands on where it matches in a text, from left to right.
  func forEachMatch(
    in text: String, atMost limit: Int = .max, _ body: (PatternMatch) throws(Interruption) -> Void
  ) throws(Interruption) {
    var matches = self.matches(in: text)
    for _ in 0..<limit {
      let match: PatternMatch?
      do throws(MatchingStopped) {
        match = try matches.next()
      } catch {
        throw Task.isCancelled ? .cancelled : .failure(.tooMuchWork)
      }
      guard let match else { return }
      try body(match)
    }
  }
}
