#if canImport(Glibc)
  package import Glibc
#elseif canImport(Musl)
  package import Musl
#else
  package import Darwin
#endif

/// An executable of this package as it was built, beside the bundle of the tests.
package enum BuiltProgram {
  /// The path of an executable.
  package static func path(_ name: String) throws(TestFailure) -> String {
    #if canImport(Darwin)
      let own = CommandLine.arguments.last { $0.contains(".xctest") } ?? CommandLine.arguments[0]
    #else
      var buffer = [CChar](repeating: 0, count: 4096)
      let count = readlink("/proc/self/exe", &buffer, buffer.count)
      let own = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    #endif
    var folders = own.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    while !folders.isEmpty {
      let path = folders.joined(separator: "/") + "/" + name
      if access(path, X_OK) == 0 { return path }
      folders.removeLast()
    }
    throw TestFailure("\(name) is not beside \(own)")
  }

  /// Starts a program that gets these descriptors and no others.
  /// - Parameters:
  ///   - environment: all of it.
  ///   - descriptors: what becomes the child's descriptors 0, 1, 2 and, if there is a fourth, 3; nil for `terminal`.
  ///   - terminal: the path of a terminal, which becomes the controlling one of the child's new session.
  package static func start(
    _ command: [String], environment: [String: String], descriptors: [Int32?], terminal: String? = nil
  ) throws(TestFailure) -> pid_t {
    var attributes = posix_spawnattr_t()
    var actions = posix_spawn_file_actions_t()
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // A session of its own takes the first terminal it opens for its controlling terminal. What the tests ignore or
    // block, such as SIGINT when they run in the background, the child does not.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = newSession | closeOthers | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, flags)
    for (number, descriptor) in descriptors.enumerated() {
      if let descriptor {
        posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
      } else if let terminal {
        posix_spawn_file_actions_addopen(&actions, Int32(number), terminal, O_RDWR, 0)
      }
    }
    #if !canImport(Darwin)
      // What is not open is passed over.
      for descriptor in descriptors.count..<1024 {
        posix_spawn_file_actions_addclose(&actions, Int32(descriptor))
      }
    #endif
    let arguments = command.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process = pid_t()
    let code = posix_spawn(&process, command[0], &actions, &attributes, arguments, variables)
    guard code == 0 else { throw TestFailure("\(command[0]): \(String(cString: strerror(code)))") }
    return process
  }

  /// `POSIX_SPAWN_SETSID`, which the C library's module hides, and `POSIX_SPAWN_CLOEXEC_DEFAULT`, which Linux lacks.
  #if canImport(Darwin)
    private static let newSession: Int16 = 0x400
    private static let closeOthers: Int16 = 0x4000
  #else
    private static let newSession: Int16 = 0x80
    private static let closeOthers: Int16 = 0
  #endif
}
