import Basics

/// The executable `mittr`.
@main
enum MittrCommand {
  static func main() async {
    StandardStreams.fillGaps()
    InterruptWatcher.shared.start()
    // Writing to a closed pipe is an error of `write`, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    let shell = Shell(
      arguments: Array(CommandLine.arguments.dropFirst()), environment: Host.environment(),
      output: DescriptorSink(STDOUT_FILENO), errors: DescriptorSink(STDERR_FILENO), files: HostFiles(),
      terminal: .current)
    exit(await shell.run())
  }
}
