import MittrSandbox

extension SandboxConfiguration {
  /// The demo data at one moment, under the same ids in every run; nothing is delivered.
  static var demo: SandboxConfiguration {
    var configuration = SandboxConfiguration()
    configuration.seed = .demo
    configuration.fixedClock = 1_767_225_600_000
    configuration.deterministicIDs = true
    configuration.delivers = false
    return configuration
  }
}
