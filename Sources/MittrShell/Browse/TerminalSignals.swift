import Basics

/// The signals that concern who has the terminal, turned into bytes of a pipe until `restore`.
///
/// SIGTERM and SIGHUP are left to the handler that has taken them already: a script ends in good order by them.
struct TerminalSignals {
  private var former: [(number: Int32, action: sigaction)] = []

  /// - Parameter descriptor: gets each signal's number.
  init(into descriptor: Int32) {
    SignalHandler.output = descriptor
    for number in [SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP] {
      var action = sigaction()
      sigaction(number, nil, &action)
      if number == SIGTERM || number == SIGHUP, !action.isDefault { continue }
      former.append((number, action))
      SignalHandler.install(number)
    }
  }

  /// Lets signals do again what they did before.
  func restore() {
    for (number, action) in former {
      var action = action
      sigaction(number, &action, nil)
    }
    SignalHandler.output = -1
  }

  /// Stops this process as Ctrl-Z does, and returns once it goes on.
  /// - Parameter wholeGroup: whether all processes of the job are stopped: nobody else has told them.
  static func stopJob(wholeGroup: Bool) {
    // The others first: this process would be stopped in between, and once more afterwards.
    signal(SIGTSTP, SIG_IGN)
    if wholeGroup { kill(0, SIGTSTP) }
    signal(SIGTSTP, SIG_DFL)
    raiseHere(SIGTSTP)
    SignalHandler.install(SIGTSTP)
  }

  /// Ends this process as the signal does by default.
  static func end(by number: Int32) {
    signal(number, SIG_DFL)
    raiseHere(number)
  }

  /// To this thread, which then is stopped, or ended, before it goes on. The threads of the pool block all signals, and so
  /// do those that they start.
  private static func raiseHere(_ number: Int32) {
    var (signals, former) = (sigset_t(), sigset_t())
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, &former)
    raise(number)
    pthread_sigmask(SIG_SETMASK, &former, nil)
  }
}

/// What runs in the handler, where nothing but system calls is allowed.
private enum SignalHandler {
  nonisolated(unsafe) static var output: Int32 = -1

  static func install(_ number: Int32) {
    signal(number) { number in
      let error = errno
      var byte = UInt8(truncatingIfNeeded: number)
      _ = write(SignalHandler.output, &byte, 1)
      errno = error
    }
  }
}
