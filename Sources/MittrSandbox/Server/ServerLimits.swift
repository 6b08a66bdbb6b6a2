import Basics
import Hummingbird
import NIOCore

/// What all connections of a server share, and what one may take.
struct ServerLimits: Sendable {
  /// The bytes of the bodies of all requests that are not answered yet.
  var bodies = Budget(64 << 20)
  /// More connections are closed at once.
  var connections = Budget(512)
  /// Of one request, in bytes.
  var maximumHeaderBytes = 64 << 10
  /// No more bytes of one body are read, but for the piece in which they end.
  var maximumBodyBytes = Request.maximumBodyBytes
  /// A body that is too large is read to its end before that is said, and thrown away, up to so many bytes.
  var maximumDrainedBytes = 64 << 20
  /// How long the head of a connection's first request may take.
  var headTimeout = TimeAmount.seconds(10)
  /// How long a body may take.
  var bodyTimeout = TimeAmount.seconds(30)
  /// How long a connection waits for its next request: longer than clients keep theirs, as a rule.
  var idleTimeout = TimeAmount.seconds(90)
  /// How long a connection that ends is kept for a client that still sends: as long as something comes within `lingerTime`,
  /// and `longestLinger` in all. Closing at once would take the answer back (RFC 9112, 9.6).
  var lingerTime = TimeAmount.seconds(1)
  var longestLinger = TimeAmount.seconds(30)
}
