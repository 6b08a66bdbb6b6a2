/// The descriptors that every program is started with.
package enum StandardStreams {
  /// Puts something in the place of those that the process was started without. Otherwise the next file that is opened
  /// would be taken for them, and be written to.
  ///
  /// Standard input is then empty, standard error goes nowhere. Standard output takes nothing: a writer is told
  /// that it is closed (`EBADF`), since results must not be lost silently.
  package static func fillGaps() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      // The lowest free descriptor is the one that is missing.
      _ = open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
