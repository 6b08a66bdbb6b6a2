import ArgumentParser
import Basics
import MittrSandbox
import OutboundHTTP

/// The command line of `mittr-sandbox`: each option is declared once, here.
struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mittr-sandbox",
    abstract: "A local Mittr server: the REST API and real webhook deliveries, without an account.",
    discussion: """
      The first line of standard output is the address; everything else goes to standard error.
      Exit status: 0 when it was ended by SIGINT, SIGTERM or the end of standard input; 1 when it could not start; \
      2 when the command line is wrong.

      --fault makes requests to the API fail, each with a probability from 0 to 1, for example \
      reset-after:0.02,500:0.05,429:0.1@replays. With @reads, @writes or @replays it befalls those requests only. \
      GET /_sandbox/stats tells how often each fault was injected and how often each event was really replayed.
      \(FaultPlan.manual)

      With @deliveries it is a bad day for receivers: what delivery at least once may do. At the end of a list it is for \
      all before it, as in duplicate:0.05,late:0.1,shuffle:0.2,corrupt:0.01@deliveries. One at most befalls an attempt \
      to deliver. A duplicate is an attempt of its own; one that is held back goes out unharmed when its time has come, \
      a shuffled one after 10 seconds if no later one follows; --time-scale shortens both. A receiver that checks \
      signatures refuses what is corrupt, and gets it again, whole.
      \(FaultPlan.deliveryManual)

      An endpoint's transformation is stored and not run; the answer to the request that sets one says so.
      """,
    version: "mittr-sandbox \(ReleaseVersion.withCommit)")

  @Option(help: "The port to listen on; 0 takes any free one.")
  var port = 0

  @Option(
    name: .customLong("allow-host"),
    help: ArgumentHelp(
      "Also answer requests for this host, such as a container's name; may be repeated.", valueName: "host"))
  var allowedHosts: [String] = []

  @Option(help: ArgumentHelp("Keep everything in this SQLite file.", valueName: "file"))
  var data: String?

  @Option(help: ArgumentHelp("What an empty database starts with: empty, demo, or a number of events."))
  var seed = SeedChoice(seed: .demo)

  @Option(help: "The key that clients must send; also MITTR_SANDBOX_API_KEY. (default: mtr_sandbox)")
  var apiKey: String?

  @Option(help: ArgumentHelp("Stop the clock at this ISO 8601 time.", valueName: "time"))
  var fixedClock: FixedClock?

  @Flag(name: .customLong("deterministic-ids"), help: "Count identifiers and secrets instead of drawing them.")
  var deterministicIDs = false

  @Option(help: ArgumentHelp("Milliseconds that every answer of the API waits.", valueName: "ms"))
  var latency = 0

  @Option(help: ArgumentHelp("Requests a second before 429.", valueName: "n"))
  var rateLimit: Int?

  @Option(
    help: ArgumentHelp("What goes wrong with requests and deliveries; see above.", valueName: "spec"),
    transform: { try FaultPlan($0) })
  var fault: FaultPlan?

  @Option(help: ArgumentHelp("Another number gives another day of the same faults.", valueName: "n"))
  var faultSeed: UInt64 = 0

  @Option(help: ArgumentHelp("Events before 402.", valueName: "n"))
  var quota: Int?

  @Option(help: ArgumentHelp("How much faster than real time retries come.", valueName: "factor"))
  var timeScale = 1.0

  @Flag(
    help: "Deliver to other machines too, by the proxies and with the authorities that curl would take (http_proxy, …)."
  )
  var allowRemote = false

  @Flag(help: "Deliver nothing; events stay pending.")
  var noDelivery = false

  @Flag(help: "End when standard input reaches its end.")
  var exitWithStdin = false

  @Flag(help: "Write the manual page, for man -l -.")
  var manual = false

  /// - Parameter key: used unless `--api-key` is given.
  func sandboxConfiguration(key: String? = nil) -> SandboxConfiguration {
    var configuration = SandboxConfiguration()
    configuration.port = port
    configuration.allowedHosts = allowedHosts
    configuration.data = data
    configuration.seed = seed.seed
    if let key = apiKey ?? key { configuration.apiKey = key }
    configuration.fixedClock = fixedClock?.milliseconds
    configuration.deterministicIDs = deterministicIDs
    configuration.latency = .milliseconds(latency)
    configuration.rateLimit = rateLimit
    configuration.faults = fault
    configuration.faults?.seed = faultSeed
    configuration.quota = quota
    configuration.timeScale = timeScale
    configuration.allowRemote = allowRemote
    configuration.delivers = !noDelivery
    return configuration
  }

  func validate() throws {
    do {
      try sandboxConfiguration().validate()
    } catch {
      throw ValidationError("\(error).")
    }
  }

  /// Runs until it is told to end.
  func run() async throws {
    let shutdown = ShutdownSignal(watchesStandardInput: exitWithStdin)
    var configuration = sandboxConfiguration(key: Process.apiKey)
    configuration.network = NetworkSettings(environment: Process.environment)
    let sandbox = try await Sandbox.start(configuration)
    do throws(OutputError) {
      try Process.printLine(sandbox.baseURL)
    } catch {
      await sandbox.prepareForExit()
      throw error
    }
    await shutdown.wait()
    await sandbox.prepareForExit()
  }
}
