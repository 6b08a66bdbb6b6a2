import AsyncHTTPClient
import Basics
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension TransportError {
  /// What an error of AsyncHTTPClient, or of the layers below it, means.
  /// - Parameter headWasSent: whether the request's first bytes were written to a connection.
  init(_ error: any Error, headWasSent: Bool) {
    switch error {
    case let error as TransportError: self = error
    case let error as HTTPClientError: self.init(client: error, headWasSent: headWasSent)
    case let error as NIOConnectionError: self.init(connecting: error)
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
      // After the head was sent this is a connection that TLS closed halfway through.
      self.init(headWasSent ? .connectionLost : .tls, headWasSent, String(describing: error))
    case let error as ChannelError: self.init(channel: error, headWasSent: headWasSent)
    case let error as HTTPParserError: self.init(parsing: error)
    case let error as IOError where !headWasSent && Self.meansUnreachable(error.errnoCode):
      self.init(.connectionRefused, false, "cannot connect: \(Self.reason(error))")
    case is IOError: self.init(.connectionLost, headWasSent, "the connection broke: \(Self.reason(error))")
    case is CancellationError: self.init(.cancelled, headWasSent, "the task was cancelled")
    default: self.init(.other, headWasSent, String(describing: error))
    }
  }

  private init(client error: HTTPClientError, headWasSent: Bool) {
    switch error {
    case .cancelled: self.init(.cancelled, headWasSent, "the task was cancelled")
    case .deadlineExceeded where headWasSent, .readTimeout, .writeTimeout:
      self.init(.timeout, headWasSent, "the server did not answer in time")
    case .deadlineExceeded, .connectTimeout, .getConnectionFromPoolTimeout:
      self.init(.connectTimeout, false, "no connection was there in time")
    case .tlsHandshakeTimeout: self.init(.tls, false, "the TLS handshake was not done in time")
    case .remoteConnectionClosed:
      self.init(.connectionLost, headWasSent, "the connection ended before the response was complete")
    case .invalidURL, .emptyHost, .emptyScheme: self.init(.invalidURL, false, error.shortDescription)
    case .alreadyShutdown: self.init(.other, false, "the transport was shut down")
    default: self.init(.other, headWasSent, error.shortDescription)
    }
  }

  private init(connecting error: NIOConnectionError) {
    if let failure = error.connectionErrors.first {
      let isTimeout = if case ChannelError.connectTimeout = failure.error { true } else { false }
      let target = "cannot connect to \(error.host) port \(error.port)"
      self.init(isTimeout ? .connectTimeout : .connectionRefused, false, "\(target): \(Self.reason(failure.error))")
    } else {
      self.init(.dns, false, "the host '\(error.host)' could not be resolved")
    }
  }

  private init(channel error: ChannelError, headWasSent: Bool) {
    switch error {
    case .connectTimeout: self.init(.connectTimeout, false, "no connection was there in time")
    default: self.init(.connectionLost, headWasSent, "the connection ended before the response was complete")
    }
  }

  private init(parsing error: HTTPParserError) {
    switch error {
    case .invalidEOFState, .closedConnection:
      self.init(.connectionLost, true, "the connection ended before the response was complete")
    default: self.init(.invalidResponse, true, "the answer is not HTTP (\(error))")
    }
  }

  private init(_ kind: Kind, _ mayHaveReachedServer: Bool, _ message: String) {
    self.init(kind, mayHaveReachedServer: mayHaveReachedServer, message: message)
  }

  /// The system's words for an error of its own.
  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as IOError: String(cString: strerror(error.errnoCode))
    case ChannelError.connectTimeout: "no answer in time"
    default: String(describing: error)
    }
  }

  private static func meansUnreachable(_ code: CInt) -> Bool {
    [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL, ENOENT].contains(code)
  }
}
