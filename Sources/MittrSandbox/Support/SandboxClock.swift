import Basics

/// Where the sandbox takes the time from.
enum SandboxClock: Sendable {
  case system
  /// Always the same time: what is due now is delivered, what is due later never becomes due.
  case fixed(Timestamp)

  var now: Timestamp {
    switch self {
    case .fixed(let time): return time
    case .system:
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
  }
}
