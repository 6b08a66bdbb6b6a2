import Basics
import Dispatch

/// Notices that the program was told to end: SIGINT, SIGTERM or, if asked to watch it, the end of standard input.
struct ShutdownSignal {
  private let endings: AsyncStream<Void>

  /// Watches from now on.
  init(watchesStandardInput: Bool) {
    let (endings, continuation) = AsyncStream.makeStream(of: Void.self)
    self.endings = endings
    for number in [SIGINT, SIGTERM] {
      // The default action would end the process before the source is notified.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      // The handler keeps its own source alive: a released source stops watching.
      source.setEventHandler { withExtendedLifetime(source) { _ = continuation.yield() } }
      source.resume()
    }
    guard watchesStandardInput else { return }
    // A thread of its own that waits in `read`: it costs nothing, works for pipes, files and terminals alike, and sees
    // the end also when the other side was killed.
    DispatchQueue(label: "standard input").async {
      var buffer = [UInt8](repeating: 0, count: 4096)
      while read(STDIN_FILENO, &buffer, buffer.count) > 0 {}
      continuation.yield()
    }
  }

  /// Returns once the program was told to end.
  func wait() async {
    for await _ in endings { return }
  }
}
