import ArgumentParser
import MittrSandbox

/// The value of `--fixed-clock`.
struct FixedClock: ExpressibleByArgument {
  let milliseconds: Int64

  init?(argument: String) {
    guard let milliseconds = SandboxConfiguration.unixMilliseconds(iso8601: argument) else { return nil }
    self.milliseconds = milliseconds
  }
}

/// The value of `--seed`.
struct SeedChoice: ExpressibleByArgument {
  let seed: SandboxConfiguration.Seed

  init(seed: SandboxConfiguration.Seed) { self.seed = seed }

  init?(argument: String) {
    switch argument {
    case "empty": seed = .empty
    case "demo": seed = .demo
    default:
      guard let count = Int(argument) else { return nil }
      seed = .count(count)
    }
  }

  var defaultValueDescription: String {
    switch seed {
    case .empty: "empty"
    case .demo: "demo"
    case .count(let count): String(count)
    }
  }
}
