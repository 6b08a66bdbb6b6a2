import Basics
import Interpreter

/// Standard output or standard error.
final class DescriptorSink: ByteSink {
  private let descriptor: Int32
  private let isTerminal: Bool

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
  }

  func write(_ bytes: [UInt8]) throws(Interruption) {
    do throws(SystemError) {
      try writeAll(bytes, to: descriptor)
    } catch {
      // A terminal that was hung up is read by nobody either.
      if error.code == EPIPE || error.code == EIO && isTerminal { throw .outputClosed }
      let help = error.code == EBADF ? "standard output is closed; > /dev/null throws it away" : nil
      throw .failure(Failure(.outputError, "cannot write the output: \(error.text)", help: help))
    }
  }
}
