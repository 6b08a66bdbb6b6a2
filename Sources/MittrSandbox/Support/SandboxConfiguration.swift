import Basics
package import OutboundHTTP

/// How a sandbox behaves. The defaults are those of a test: in memory, empty, on any free loopback port.
/// ```swift
/// var configuration = SandboxConfiguration()
/// configuration.seed = .demo
/// configuration.rateLimit = 10
/// let sandbox = try await Sandbox.start(configuration)
/// ```
public struct SandboxConfiguration: Sendable {
  /// What an empty database is filled with at the start. A database that holds anything is left alone.
  public enum Seed: Sendable, Hashable {
    /// Nothing: no endpoint and no event.
    case empty
    /// Three endpoints (healthy, failing with an open circuit, disabled) and 60 events of the last 24 hours, in every
    /// status. Identifiers and contents are always the same; times are relative to the sandbox's clock.
    case demo
    /// The three endpoints and this many generated events, 0 to `maximumCount`, always the same ones.
    case count(Int)

    /// 10,000,000
    public static let maximumCount = 10_000_000
  }

  /// The only key that is accepted.
  public var apiKey = "mtr_sandbox"
  /// The address to listen on.
  public var host = "127.0.0.1"
  /// The port to listen on, 0 for any free one.
  public var port = 0
  /// Hosts besides this machine's own names (`localhost`, loopback addresses, `host`) that requests may be for and web
  /// pages may be of, without a port. All others are refused, so that no page on the web reaches the sandbox by giving
  /// its own name this machine's address. A container that others reach by its name needs that name here.
  public var allowedHosts: [String] = []
  /// The path of the database file, which is created when missing; nil keeps everything in memory.
  public var data: String?
  /// What an empty database is filled with at the start; nothing by default.
  public var seed = Seed.empty
  /// Milliseconds since 1970 at which the clock stands still; nil for the system's clock. While it stands, what is due
  /// is delivered and what is due later (a retry, say) never is. See `unixMilliseconds(iso8601:)`.
  public var fixedClock: Int64?
  /// Counts instead of random identifiers and secrets (`evt_000000000000000000000001`), and no jitter in retries.
  public var deterministicIDs = false
  /// How long every answer of the API waits.
  public var latency = Duration.zero
  /// Requests to the API a second, at least 1; nil for no limit.
  public var rateLimit: Int?
  /// What goes wrong with requests to the API and with deliveries; nil for nothing.
  public var faults: FaultPlan?
  /// Events that may be sent over the database's whole life before `QUOTA_EXCEEDED`; nil for no limit.
  public var quota: Int?
  /// How much faster than real time retries and circuit resets come; 60 makes a minute a second.
  public var timeScale = 1.0
  /// Whether deliveries may leave this machine. Without it only loopback addresses are reached.
  public var allowRemote = false
  /// How other machines are reached, and whose certificates are trusted.
  package var network = NetworkSettings()
  /// Whether events are delivered at all; without it they stay `pending`.
  public var delivers = true
  /// The secret that signs events with a `destination`, which have no endpoint and so no secret of their own.
  public var directSecret = "whsec_sandbox"

  /// The defaults: in memory, empty, on any free loopback port, and nothing goes wrong.
  public init() {}

  /// The time a text means, for `fixedClock`.
  /// - Parameter text: a date, or a date and time with `Z` or an offset, such as `2026-01-31T08:05:09.120Z`.
  /// - Returns: milliseconds since 1970, or nil when the text is not such a time.
  public static func unixMilliseconds(iso8601 text: String) -> Int64? {
    Timestamp(iso8601: text)?.milliseconds
  }
}

extension SandboxConfiguration {
  /// The hosts that are spoken to besides the names of this machine.
  var ownHosts: [String] { allowedHosts + [host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host] }

  /// Checks the settings that need neither the file nor the port; `Sandbox.start` does so too.
  /// - Throws: `SandboxError.invalidConfiguration` about the first setting outside its range.
  public func validate() throws(SandboxError) {
    guard !apiKey.isEmpty else { throw .invalidConfiguration("the API key is empty") }
    guard 0...65_535 ~= port else { throw .invalidConfiguration("the port must be 0 to 65535") }
    if let name = allowedHosts.first(where: { URLAuthority($0).map { $0.port != nil } ?? true }) {
      throw .invalidConfiguration("'\(name)' is not a host's name or address")
    }
    guard rateLimit.map({ $0 >= 1 }) ?? true else {
      throw .invalidConfiguration("the rate limit must be at least 1 request a second")
    }
    guard quota.map({ $0 >= 0 }) ?? true else { throw .invalidConfiguration("the quota must not be negative") }
    guard timeScale.isFinite, 0.001...1_000_000 ~= timeScale else {
      throw .invalidConfiguration("the time scale must be 0.001 to 1000000")
    }
    guard latency >= .zero else { throw .invalidConfiguration("the latency must not be negative") }
    if case .count(let count) = seed, !(0...Seed.maximumCount ~= count) {
      throw .invalidConfiguration("the seed must be 0 to \(Seed.maximumCount) events")
    }
  }
}
