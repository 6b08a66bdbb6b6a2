// Parameters whose arguments are pieces of syntax: `Call` binds them, no value is ever converted.

/// Marks a parameter that is an expression over the item (`where`); see `Call.expression(_:)`.
public enum ItemExpression: Sendable {}
/// Marks a parameter that is a block of statements run for each item (`each`); see `Call.block(_:)`.
public enum ItemBlock: Sendable {}
/// Marks a parameter that is a path into the item (`get`); see `Call.paths(_:)`.
public enum ItemPath: Sendable {}
/// Marks a parameter that is a path into the item or an expression over it (`sort-by`); see `Call.keys(_:)`.
public enum ItemKey: Sendable {}

extension Parameter where Wrapped == ItemPath? {
  /// A path that must be given.
  public static func positionalPath(_ name: String, _ summary: String) -> Parameter {
    path(name, .positional, summary, isRequired: true)
  }

  /// A path that may be left out.
  public static func optionalPath(_ name: String, _ summary: String) -> Parameter {
    path(name, .positional, summary, isRequired: false)
  }

  /// All remaining words, each a path.
  public static func variadicPaths(_ name: String, _ summary: String) -> Parameter {
    path(name, .variadic, summary, isRequired: true)
  }

  /// All remaining words, each a path; none may be given.
  public static func optionalPaths(_ name: String, _ summary: String) -> Parameter {
    path(name, .variadic, summary, isRequired: false)
  }

  private static func path(
    _ name: String, _ form: ParameterDeclaration.Form, _ summary: String, isRequired: Bool
  ) -> Parameter {
    Parameter(
      name, form, .path, summary, kind: ParameterKind.path.optional, fallback: isRequired ? nil : .some(nil),
      defaultText: nil, isPerItem: true, complaint: { _ in nil })
  }
}

extension Parameter where Wrapped == ItemKey? {
  /// A path or an expression that must be given.
  public static func positionalKey(_ name: String, _ summary: String) -> Parameter {
    key(name, .positional, summary, isRequired: true)
  }

  /// A path or an expression that may be left out.
  public static func optionalKey(_ name: String, _ summary: String) -> Parameter {
    key(name, .positional, summary, isRequired: false)
  }

  /// `--name` with a path or an expression behind it.
  public static func keyOption(_ name: String, _ summary: String) -> Parameter {
    key(name, .option, summary, isRequired: false)
  }

  /// All remaining words, each a path or an expression.
  public static func variadicKeys(_ name: String, _ summary: String) -> Parameter {
    key(name, .variadic, summary, isRequired: true)
  }

  /// All remaining words, each a path or an expression; none may be given.
  public static func optionalKeys(_ name: String, _ summary: String) -> Parameter {
    key(name, .variadic, summary, isRequired: false)
  }

  private static func key(
    _ name: String, _ form: ParameterDeclaration.Form, _ summary: String, isRequired: Bool
  ) -> Parameter {
    Parameter(
      name, form, .key, summary, kind: ParameterKind.key.optional, fallback: isRequired ? nil : .some(nil),
      defaultText: nil, isPerItem: true, complaint: { _ in nil })
  }
}
