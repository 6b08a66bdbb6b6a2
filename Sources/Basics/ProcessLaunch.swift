/// How a program is started: what `posix_spawn` takes, with what differs between systems said here alone.
///
/// The program blocks no signal, whatever this process blocks.
package struct ProcessLaunch {
  /// What becomes one of the program's descriptors.
  package enum Source: Sendable {
    /// A descriptor of this process.
    case descriptor(Int32)
    /// A file opened in the program. The first terminal that a new session opens becomes its controlling terminal.
    case file(String, flags: Int32)
  }

  /// The program's path; `PATH` is not searched.
  package var path: String
  /// All its words, the first of which is its name.
  package var arguments: [String]
  /// All its variables.
  package var environment: [String: String]
  /// The program's descriptors by their numbers. Others are inherited unless they close on exec.
  package var descriptors: [Int32: Source] = [:]
  /// Signals that have their usual effect in the program, though this process ignores them; nil for all.
  package var defaultSignals: [Int32]? = []
  /// Whether the program gets `descriptors` and no others.
  package var closesOthers = false
  /// Whether the program gets a session of its own, which the terminal's keys send no signal to.
  package var startsSession = false

  package init(_ path: String, arguments: [String], environment: [String: String]) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
  }

  /// Starts the program.
  /// - Returns: its process identifier. The caller has to wait for its end.
  /// - Throws: why the system did not start it.
  package func start() throws(SystemError) -> pid_t {
    var attributes = Attributes()
    var actions = Actions()
    defer {
      posix_spawn_file_actions_destroy(&actions.value)
      posix_spawnattr_destroy(&attributes.value)
    }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes.value, &signals)
    if let defaultSignals { for signal in defaultSignals { sigaddset(&signals, signal) } } else { sigfillset(&signals) }
    posix_spawnattr_setsigdefault(&attributes.value, &signals)
    var flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
    if startsSession { flags |= Self.newSession }
    if closesOthers { flags |= Self.closeOthers }
    posix_spawnattr_setflags(&attributes.value, flags)
    for (number, source) in descriptors.sorted(by: { $0.key < $1.key }) {
      switch source {
      case .descriptor(let own): posix_spawn_file_actions_adddup2(&actions.value, own, number)
      case .file(let path, let flags): posix_spawn_file_actions_addopen(&actions.value, number, path, flags, 0)
      }
    }
    #if !canImport(Darwin)
      if closesOthers {
        // What is not open is passed over.
        for number in 0..<Self.descriptorLimit where descriptors[number] == nil {
          posix_spawn_file_actions_addclose(&actions.value, number)
        }
      }
    #endif
    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var process = pid_t()
    let code = posix_spawn(&process, path, &actions.value, &attributes.value, words, variables)
    guard code == 0 else { throw SystemError(code) }
    return process
  }

  #if canImport(Darwin)
    private struct Attributes {
      var value: posix_spawnattr_t?
      init() { posix_spawnattr_init(&value) }
    }

    private struct Actions {
      var value: posix_spawn_file_actions_t?
      init() { posix_spawn_file_actions_init(&value) }
    }

    private static let newSession: Int16 = 0x400
    private static let closeOthers: Int16 = 0x4000
  #else
    private struct Attributes {
      var value = posix_spawnattr_t()
      init() { posix_spawnattr_init(&value) }
    }

    private struct Actions {
      var value = posix_spawn_file_actions_t()
      init() { posix_spawn_file_actions_init(&value) }
    }

    /// `POSIX_SPAWN_SETSID`, which the C library's module hides.
    private static let newSession: Int16 = 0x80
    private static let closeOthers: Int16 = 0
    private static let descriptorLimit: Int32 = 1024
  #endif
}
