/// What a server sent that is no answer to a request.
enum ResponseViolation: Error, Hashable {
  /// A status below 100, which HTTP does not have.
  case impossibleStatus(Int)
  /// 101: another protocol, which nobody asked for.
  case switchedProtocol
  case tooManyInterimResponses
  case headTooLarge
  /// The bytes of TLS, where plain HTTP is spoken.
  case speaksTLS
  /// The connection ended, and never had brought a byte.
  case endedWithoutAByte
}
