package import Basics

/// An executable of this package as it was built, beside the bundle of the tests.
package enum BuiltProgram {
  /// The path of an executable.
  package static func path(_ name: String) throws(TestFailure) -> String {
    #if canImport(Darwin)
      let own = CommandLine.arguments.last { $0.contains(".xctest") } ?? CommandLine.arguments[0]
    #else
      let own = ExecutablePath.current ?? CommandLine.arguments[0]
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
    var launch = ProcessLaunch(command[0], arguments: command, environment: environment)
    // What the tests ignore or block, such as SIGINT when they run in the background, the child does not.
    launch.defaultSignals = nil
    launch.startsSession = true
    launch.closesOthers = true
    for (number, descriptor) in descriptors.enumerated() {
      launch.descriptors[Int32(number)] =
        descriptor.map { .descriptor($0) } ?? terminal.map { .file($0, flags: O_RDWR) }
    }
    do throws(SystemError) {
      return try launch.start()
    } catch {
      throw TestFailure("\(command[0]): \(error.text)")
    }
  }
}
