public import Interpreter

/// Runs programs of the machine: a seam that the host fills in.
public protocol ProgramRunner: AnyObject {
  /// Starts a command line that the system's shell reads, with none of this process's secrets in its environment.
  func start(_ command: String) throws(Failure) -> any RunningProgram
}

/// A program that reads from this process and that this process reads from.
public protocol RunningProgram: AnyObject {
  /// Hands it bytes. They are kept until it takes them; `next` says when it has.
  func give(_ bytes: [UInt8])
  /// Says that nothing more comes.
  func closeInput()
  /// What it does next.
  /// - Parameter patience: how long its output is waited for before more input is asked for.
  /// - Throws: `cancelled` when the task was, and nothing else.
  func next(patience: Duration) async throws(Interruption) -> ProgramStep
  /// Ends it, if it has not ended by itself.
  func stop() async
}

public enum ProgramStep: Sendable, Equatable {
  /// It has read what it was given, or what the system holds for it, and may be given more.
  case takesMore
  case output([UInt8])
  /// It has ended, and all its output was taken: its exit status; 128 and more for a signal.
  case end(Int32)
}

/// Where a session keeps it.
public enum ProgramRunnerKey: SessionKey {
  public typealias Value = any ProgramRunner
}
