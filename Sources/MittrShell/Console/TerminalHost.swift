import Interpreter

/// The world around a session that has a terminal: everything that is written goes by way of the console.
final class TerminalHost: SessionHost {
  let output: any ByteSink
  let errors: any ByteSink
  let files: any FileAccess
  let environment: [String: String]
  let now: @Sendable () -> Double
  let zone: LocalZone
  let clock: SessionClock
  let prompter: (any Prompter)?
  let progress: (any ProgressDisplay)?
  let makeLiveView: (() -> any LiveView)?
  /// Set where a person reads the results and types.
  var browser: (any RecordBrowser)?
  let stopping = StopSignal()
  var notify: @Sendable (String) -> Void = { _ in }
  let willChange: @Sendable () -> Void

  /// - Parameters:
  ///   - outside: what the process was given.
  ///   - canAsk: whether a person reads the error stream and types.
  init(_ console: Console, _ outside: StreamHost, canAsk: Bool) {
    output = ResultSink(console)
    errors = MessageSink(console)
    files = outside.files
    environment = outside.environment
    now = outside.now
    zone = outside.zone
    clock = outside.clock
    prompter = canAsk ? TerminalPrompter(console, errors) : nil
    progress = console.configuration.showsProgress ? console : nil
    makeLiveView = console.configuration.drawsInPlace ? { ConsoleLiveView(console) } : nil
    willChange = { console.beginChange() }
  }
}
