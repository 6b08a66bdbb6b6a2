/// What a session needs of the world around it. A terminal, a script's streams and the memory of a test implement it.
public protocol SessionHost: AnyObject {
  /// Where results go.
  var output: any ByteSink { get }
  /// Where everything else goes: errors, warnings, summaries.
  var errors: any ByteSink { get }
  var files: any FileAccess { get }
  /// `$env`.
  var environment: [String: String] { get }
  /// The time, in seconds since 1970.
  var now: @Sendable () -> Double { get }
  /// By which clocks a person means a day or an hour.
  var zone: LocalZone { get }
  /// What measures time and waits.
  var clock: SessionClock { get }
  /// Asks a person; nil where nobody can be asked.
  var prompter: (any Prompter)? { get }
  /// Where long work shows how far it has come; nil where nobody watches.
  var progress: (any ProgressDisplay)? { get }
  /// Draws results again and again in the same place; nil where there is no terminal for it.
  var makeLiveView: (() -> any LiveView)? { get }
  /// Lets a person look through records; nil where there is no terminal for it.
  var browser: (any RecordBrowser)? { get }
  /// How long work learns that it is to come to an end.
  var stopping: StopSignal { get }
  /// Tells a person something that happened beside the statement that runs, or while a line is being typed: a delivery
  /// arrived, a wait ended. May be called from any thread; what it is given is escaped by the host.
  var notify: @Sendable (String) -> Void { get set }
  /// Learns that the statement is about to change something outside, and must not be held up. From any thread.
  var willChange: @Sendable () -> Void { get }
}

extension SessionHost {
  public var zone: LocalZone { .system }
  public var makeLiveView: (() -> any LiveView)? { nil }
}

/// The host of a script: streams, files and clocks, and nobody who could be asked.
public final class StreamHost: SessionHost {
  public let output: any ByteSink
  public let errors: any ByteSink
  public let files: any FileAccess
  public let environment: [String: String]
  public let now: @Sendable () -> Double
  public var zone = LocalZone.system
  public var clock: SessionClock
  public var prompter: (any Prompter)?
  public var progress: (any ProgressDisplay)?
  public var makeLiveView: (() -> any LiveView)?
  public var browser: (any RecordBrowser)?
  public var stopping = StopSignal()
  public var notify: @Sendable (String) -> Void = { _ in }
  public var willChange: @Sendable () -> Void = {}

  public init(
    output: any ByteSink, errors: any ByteSink, files: any FileAccess, environment: [String: String] = [:],
    clock: SessionClock = SessionClock(), now: @escaping @Sendable () -> Double
  ) {
    self.output = output
    self.errors = errors
    self.files = files
    self.environment = environment
    self.clock = clock
    self.now = now
  }
}
