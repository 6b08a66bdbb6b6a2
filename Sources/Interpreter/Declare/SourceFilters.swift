/// What a listing command can filter by at its source, so that a `where` right behind it need not fetch what it drops.
///
/// The `where` still runs: a source that knows nothing of a filter only sends more than is needed.
public struct SourceFilters: Sendable {
  /// How a condition compares a field with a text.
  public enum Match: Sendable {
    /// `==`.
    case equal
    /// `like`, with the wildcard `*`.
    case like
  }

  public struct Filter: Sendable {
    let field: String
    let parameter: ParameterDeclaration
    let accepts: @Sendable (Match, String) -> Bool

    /// - Parameters:
    ///   - field: the field of the items that the parameter is about.
    ///   - accepts: whether the source, given the text as the parameter, keeps every item for which the comparison with
    ///     the text holds, and refuses none.
    public init(
      _ field: String, _ parameter: some AnyParameter,
      accepts: @escaping @Sendable (_ match: Match, _ text: String) -> Bool
    ) {
      self.field = field
      self.parameter = parameter.declaration
      self.accepts = accepts
    }
  }

  /// The flag without which fewer items than all are listed: then what is filtered first and what is listed first differ.
  let all: ParameterDeclaration
  /// An argument that fits one set of filters only; with it none is added.
  let cursor: ParameterDeclaration
  let filters: [Filter]

  public init(all: some AnyParameter, cursor: some AnyParameter, _ filters: [Filter]) {
    self.all = all.declaration
    self.cursor = cursor.declaration
    self.filters = filters
  }
}
