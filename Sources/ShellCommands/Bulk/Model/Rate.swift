import Interpreter
import OrderedJSON

/// How many requests may go out in a time, as `--rate` says it: `50/s`, `600/m`, `1000/h`.
struct Rate: Sendable, Hashable {
  let count: Int
  let unit: Unit

  enum Unit: String, Sendable, CaseIterable {
    case second = "s"
    case minute = "m"
    case hour = "h"

    var length: Duration {
      switch self {
      case .second: .seconds(1)
      case .minute: .seconds(60)
      case .hour: .seconds(3600)
      }
    }
  }

  /// Nil for anything that is not a number from 1 to 100,000 with a unit.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int(parts[0]), 1...100_000 ~= count, let unit = Unit(rawValue: String(parts[1]))
    else { return nil }
    self.count = count
    self.unit = unit
  }

  /// From one request to the next.
  var interval: Duration { unit.length / count }
}

extension ParameterKind where Wrapped == Rate {
  static var rate: ParameterKind {
    ParameterKind(.rate) { value throws(ConversionError) in
      guard case .string(let text, _) = value, let rate = Rate(text) else {
        throw .expected("a rate such as 50/s, 600/m or 1000/h", got: value)
      }
      return rate
    }
  }
}
