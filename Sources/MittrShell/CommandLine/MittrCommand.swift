import Basics

/// The executable `mittr`.
@main
enum MittrCommand {
  static func main() {
    StandardStreams.fillGaps()
    let executor = MainThreadExecutor()
    InterruptWatcher.shared.start(tasksOn: executor)
    // Writing to a closed pipe is an error of `write`, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    Task(executorPreference: executor) {
      let shell = Shell(
        arguments: Array(CommandLine.arguments.dropFirst()), environment: Host.environment(),
        output: DescriptorSink(STDOUT_FILENO), errors: DescriptorSink(STDERR_FILENO), files: HostFiles(),
        terminal: .current)
      exit(await shell.run())
    }
    executor.run()
  }
}
