/// What became of a request.
package protocol JobOutcome: Sendable {
  /// The server would not do it.
  static func refused(_ error: MittrError) -> Self
  /// It may have been done, and nobody knows.
  static func unknown(_ error: MittrError) -> Self
  /// Whether nobody knows what became of it.
  var isUnknown: Bool { get }
}

/// How one sending of a request ended, and what that means for the run.
package enum AttemptResult<Outcome: JobOutcome>: Sendable {
  case settled(Outcome)
  /// It was not processed, because there were too many: 429, or 503 with `Retry-After`.
  case limited(MittrError)
  /// It did not reach the server.
  case unreached(MittrError)
  /// It may have been done, and doing it again does no harm.
  case lost(MittrError)
  /// It failed as all others would. What the error says of its outcome holds.
  case shared(MittrError)
  /// It was given up, because the run was interrupted twice.
  case abandoned
}
