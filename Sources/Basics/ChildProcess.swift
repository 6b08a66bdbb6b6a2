/// Starts other programs.
package enum ChildProcess {
  /// Starts a program in which no signal is blocked, and none ignored that a person or a closed pipe sends.
  /// - Parameters:
  ///   - path: the program's.
  ///   - arguments: all of them, with its name in front.
  ///   - environment: all of it.
  ///   - descriptors: our descriptors by what they become in the program.
  ///   - inNewSession: whether keys that send signals do not reach it.
  package static func start(
    _ path: String, arguments: [String], environment: [String: String], descriptors: [Int32: Int32] = [:],
    inNewSession: Bool = false
  ) throws(SystemError) -> pid_t {
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
      var actions: posix_spawn_file_actions_t?
    #else
      var attributes = posix_spawnattr_t()
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGINT, SIGQUIT] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | (inNewSession ? newSession : 0)
    posix_spawnattr_setflags(&attributes, flags)
    for (target, source) in descriptors { posix_spawn_file_actions_adddup2(&actions, source, target) }
    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var process = pid_t()
    let code = posix_spawn(&process, path, &actions, &attributes, words, variables)
    guard code == 0 else { throw SystemError(code) }
    return process
  }

  /// `POSIX_SPAWN_SETSID`, which the C library's module hides.
  #if canImport(Darwin)
    private static let newSession: Int16 = 0x400
  #else
    private static let newSession: Int16 = 0x80
  #endif
}
