public import OrderedJSON

/// Everything that is to be said about one parameter of a command. The parser, `help`, completion and the reference
/// read it; the command's body reads the value through the `Parameter` that holds it.
public struct ParameterDeclaration: Sendable {
  public enum Form: Sendable, Hashable {
    case positional
    /// Takes all remaining words.
    case variadic
    /// `--name VALUE`.
    case option
    /// `--name`, which takes no value.
    case flag
    /// `--name VALUE`, which may be given several times.
    case repeatedOption
  }

  public let name: String
  public let form: Form
  public let shape: ParameterShape
  public let summary: String
  public let isRequired: Bool
  /// Whether the argument may contain `.path` expressions, evaluated anew for each incoming item.
  public let isPerItem: Bool
  /// What holds when it is left out, in words; nil when there is nothing to say.
  public let defaultText: String?
  /// A flag's short form: `-f` for `--force`.
  public internal(set) var letter: Character?
  /// Where completion finds values for it.
  public internal(set) var sources: [ArgumentSource] = []
  /// The keys that a record given for it may have, where they are known: others are warned about.
  public internal(set) var fields: [String] = []
  /// Says what is wrong with a value that is already known when the script is read.
  let complaint: @Sendable (JSONValue) -> String?

  /// As it is written in a script: `--name`, or the name in capitals.
  public var label: String {
    switch form {
    case .option, .flag, .repeatedOption: "--\(name)"
    case .positional, .variadic: name.uppercased()
    }
  }

  /// Its name as an API's fields have it: `maxRetries` for `--max-retries`.
  public var camelCasedName: String {
    let words = name.split(separator: "-")
    return words.dropFirst().reduce(String(words.first ?? "")) {
      $0 + $1.prefix(1).uppercased() + String($1.dropFirst())
    }
  }

  var isFlagLike: Bool { form == .option || form == .flag || form == .repeatedOption }
}

/// A parameter in a command's list, whatever the type of its value.
public protocol AnyParameter: Sendable {
  var declaration: ParameterDeclaration { get }
}

/// A parameter and how its argument becomes a value of type `Wrapped`. Its name is said here and nowhere else:
/// the command's body hands the parameter itself to `Call.value(_:)`.
public struct Parameter<Wrapped: Sendable>: AnyParameter {
  public let declaration: ParameterDeclaration
  let kind: ParameterKind<Wrapped>
  let fallback: Wrapped?

  /// The same parameter, for which completion offers values from these sources besides those of its shape.
  public func suggesting(_ sources: ArgumentSource...) -> Parameter {
    var declaration = declaration
    declaration.sources = sources
    return Parameter(declaration: declaration, kind: kind, fallback: fallback)
  }
}

extension Parameter {
  /// The same parameter, whose records may have these keys: others are warned about.
  public func naming(_ fields: [String]) -> Parameter {
    var declaration = declaration
    declaration.fields = fields
    return Parameter(declaration: declaration, kind: kind, fallback: fallback)
  }
}

/// A type of argument: how it is written, and how a value of the language becomes a `Wrapped`.
public struct ParameterKind<Wrapped: Sendable>: Sendable {
  public let shape: ParameterShape
  /// - Throws: what the value is not, as in `expected a number, got a string`.
  let convert: @Sendable (JSONValue) throws(ConversionError) -> Wrapped

  public init(_ shape: ParameterShape, _ convert: @escaping @Sendable (JSONValue) throws(ConversionError) -> Wrapped) {
    self.shape = shape
    self.convert = convert
  }
}

extension Parameter {
  init(
    _ name: String, _ form: ParameterDeclaration.Form, _ shape: ParameterShape, _ summary: String,
    kind: ParameterKind<Wrapped>, fallback: Wrapped?, defaultText: String?, isPerItem: Bool,
    complaint: @escaping @Sendable (JSONValue) -> String?
  ) {
    declaration = ParameterDeclaration(
      name: name, form: form, shape: shape, summary: summary, isRequired: fallback == nil, isPerItem: isPerItem,
      defaultText: defaultText, complaint: complaint)
    self.kind = kind
    self.fallback = fallback
  }

  /// A positional argument that must be given.
  public static func positional(
    _ name: String, _ kind: ParameterKind<Wrapped>, _ summary: String, isPerItem: Bool = false
  ) -> Parameter {
    Parameter(
      name, .positional, kind.shape, summary, kind: kind, fallback: nil, defaultText: nil, isPerItem: isPerItem,
      complaint: kind.complaint)
  }

  /// A positional argument with a default.
  public static func positional(
    _ name: String, _ kind: ParameterKind<Wrapped>, default fallback: Wrapped, _ summary: String,
    defaultText: String? = nil, isPerItem: Bool = false
  ) -> Parameter {
    Parameter(
      name, .positional, kind.shape, summary, kind: kind, fallback: fallback, defaultText: defaultText,
      isPerItem: isPerItem, complaint: kind.complaint)
  }

  /// `--name VALUE` with a default.
  public static func option(
    _ name: String, _ kind: ParameterKind<Wrapped>, default fallback: Wrapped, _ summary: String,
    defaultText: String? = nil, isPerItem: Bool = false
  ) -> Parameter {
    Parameter(
      name, .option, kind.shape, summary, kind: kind, fallback: fallback, defaultText: defaultText,
      isPerItem: isPerItem, complaint: kind.complaint)
  }
}

extension Parameter {
  /// A positional argument that may be left out.
  public static func optionalPositional<Some>(
    _ name: String, _ kind: ParameterKind<Some>, _ summary: String, isPerItem: Bool = false
  ) -> Parameter where Wrapped == Some? {
    Parameter(
      name, .positional, kind.shape, summary, kind: kind.optional, fallback: .some(nil), defaultText: nil,
      isPerItem: isPerItem, complaint: kind.complaint)
  }

  /// `--name VALUE` that may be left out.
  public static func option<Some>(
    _ name: String, _ kind: ParameterKind<Some>, _ summary: String, isPerItem: Bool = false
  ) -> Parameter where Wrapped == Some? {
    Parameter(
      name, .option, kind.shape, summary, kind: kind.optional, fallback: .some(nil), defaultText: nil,
      isPerItem: isPerItem, complaint: kind.complaint)
  }

  /// All remaining words.
  public static func variadic<Element>(
    _ name: String, _ kind: ParameterKind<Element>, _ summary: String, isPerItem: Bool = false
  ) -> Parameter where Wrapped == [Element] {
    Parameter(
      name, .variadic, kind.shape, summary, kind: kind.list, fallback: [], defaultText: nil, isPerItem: isPerItem,
      complaint: kind.complaint)
  }

  /// `--name VALUE`, any number of times.
  public static func repeatedOption<Element>(
    _ name: String, _ kind: ParameterKind<Element>, _ summary: String
  ) -> Parameter where Wrapped == [Element] {
    Parameter(
      name, .repeatedOption, kind.shape, summary, kind: kind.list, fallback: [], defaultText: nil, isPerItem: false,
      complaint: kind.complaint)
  }
}

extension Parameter where Wrapped == Bool {
  /// `--name`, false unless given.
  /// - Parameter letter: what may stand for the name behind a single hyphen.
  public static func flag(_ name: String, letter: Character? = nil, _ summary: String) -> Parameter {
    let flag = Parameter(
      name, .flag, .boolean, summary + (letter.map { "; -\($0) for short" } ?? ""), kind: .boolean, fallback: false,
      defaultText: nil, isPerItem: false,
      complaint: { _ in nil })
    var declaration = flag.declaration
    declaration.letter = letter
    return Parameter(declaration: declaration, kind: flag.kind, fallback: flag.fallback)
  }
}

extension ParameterKind {
  fileprivate var complaint: @Sendable (JSONValue) -> String? {
    { [convert] value in
      do throws(ConversionError) {
        _ = try convert(value)
        return nil
      } catch {
        return error.message
      }
    }
  }

  var optional: ParameterKind<Wrapped?> {
    ParameterKind<Wrapped?>(shape) { [convert] value throws(ConversionError) in try convert(value) }
  }

  fileprivate var list: ParameterKind<[Wrapped]> {
    ParameterKind<[Wrapped]>(shape) { [convert] value throws(ConversionError) in
      guard case .array(let items) = value else { return [try convert(value)] }
      var result: [Wrapped] = []
      for item in items { result.append(try convert(item)) }
      return result
    }
  }
}
