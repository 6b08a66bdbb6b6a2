import Interpreter

/// Reads the ordinary command lines: `ShellArguments` declares what there is.
///
/// The library that reads those looks up types and conformances at run time, which was two thirds of the instructions of a
/// start (17 of 25 million). What this one does not know, or finds wrong, is left to the library: it accepts nothing that
/// the library would read in another way, which `OptionReaderTests` holds it to.
struct OptionReader {
  private var options = ShellOptions()
  private var rest: ArraySlice<String>

  /// - Returns: nil where the library has to have a look.
  static func options(_ arguments: [String]) -> ShellOptions? {
    var reader = OptionReader(rest: arguments[...])
    return reader.read() ? reader.options : nil
  }

  private init(rest: ArraySlice<String>) { self.rest = rest }

  private mutating func read() -> Bool {
    while let argument = rest.popFirst() {
      if argument == "-c" {
        guard let code = rest.popFirst() else { return false }
        options.code = code
        options.words = Array(rest)
        return true
      }
      guard argument.utf8.first == UInt8(ascii: "-") else {
        options.words = [argument] + rest
        return !argument.isEmpty
      }
      guard setFlag(argument) || setValue(argument) else { return false }
    }
    return true
  }

  private mutating func setFlag(_ argument: String) -> Bool {
    switch argument {
    case "--sandbox": options.sandbox = true
    case "--check": options.check = true
    case "--dry-run": options.dryRun = true
    case "--yes": options.yes = true
    case "--no-config": options.noConfig = true
    default: return false
    }
    return true
  }

  private mutating func setValue(_ argument: String) -> Bool {
    guard let (name, value) = nameAndValue(argument), !value.isEmpty else { return false }
    switch name {
    case "--sandbox":
      options.sandbox = true
      options.sandboxFile = value
    case "--base-url": options.baseURL = value
    case "--profile": options.profile = value
    case "--var": options.variables.append(value)
    case "--timeout":
      guard let timeout = RequestTimeout(argument: value) else { return false }
      options.timeout = timeout.duration
    case "--output", "-o":
      guard let output = RenderingOptions.Mode(rawValue: value) else { return false }
      options.output = output
    case "--color":
      guard let color = ColourChoice(rawValue: value) else { return false }
      options.color = color
    case "--errors":
      guard let errors = ErrorFormat(rawValue: value) else { return false }
      options.errors = errors
    default: return false
    }
    return true
  }

  /// `--name=value`, or `--name value` where the value looks like no option; so too of `-o`, but for `=`.
  private mutating func nameAndValue(_ argument: String) -> (name: String, value: String)? {
    if let mark = argument.firstIndex(of: "=") {
      guard argument.hasPrefix("--") else { return nil }
      return (String(argument[..<mark]), String(argument[argument.index(after: mark)...]))
    }
    guard argument != "--sandbox", let value = rest.popFirst(), value.utf8.first != UInt8(ascii: "-") else {
      return nil
    }
    return (argument, value)
  }
}
