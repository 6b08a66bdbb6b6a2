import AsyncHTTPClient
import Basics
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension ExchangeFailure {
  /// What an error of AsyncHTTPClient, or of the layers below it, means.
  /// - Parameters:
  ///   - origin: the server that was asked.
  ///   - route: the way to it.
  ///   - headWasSent: whether the request's first bytes were written to a connection.
  package init(_ error: any Error, from origin: Origin, by route: Route, headWasSent: Bool) {
    switch error {
    case let error as ExchangeFailure: self = error
    case let error as ResponseViolation: self.init(error, origin, headWasSent)
    case let error as HTTPClientError: self.init(client: error, origin, route, headWasSent)
    case let error as NIOConnectionError: self.init(connecting: error, origin, route)
    // No request goes out before the handshake is done.
    case NIOSSLError.handshakeFailed, is NIOSSLExtraError: self = .tls(error, origin)
    case is NIOSSLError, is BoringSSLError:
      // After the head was sent this is a connection that TLS closed halfway through.
      self = headWasSent ? .lost(true) : .tls(error, origin)
    case let error as ChannelError: self.init(channel: error, origin, route, headWasSent)
    case let error as HTTPParserError: self.init(parsing: error)
    case is NIOHTTPDecoderError:
      self.init(.invalidResponse, headWasSent, "the server answered before it was asked; check the address")
    // A connection is refused before anything is sent on it, whatever the caller knows.
    case let error as IOError
    where error.errnoCode == ECONNREFUSED || !headWasSent && Self.meansUnreachable(error.errnoCode):
      self = .unreachable(origin, route, reason: SystemError(error.errnoCode).text)
    // A server that expects plain HTTP often closes at the first bytes of a handshake.
    case let error as IOError where error.errnoCode == ECONNRESET && !headWasSent && origin.isSecure:
      self = .hungUp(origin)
    case let error as IOError:
      self.init(.connectionLost, headWasSent, "the connection broke: \(SystemError(error.errnoCode).text)")
    case is CancellationError: self.init(.cancelled, headWasSent, "the task was cancelled")
    default: self.init(.other, headWasSent, "the request failed in a way that is not known here")
    }
  }

  private init(_ violation: ResponseViolation, _ origin: Origin, _ headWasSent: Bool) {
    switch violation {
    case .impossibleStatus(let status):
      let digits = String(repeating: "0", count: max(0, 3 - String(status).count)) + String(status)
      self.init(.invalidResponse, headWasSent, "the answer is not HTTP: there is no status \(digits)")
    case .switchedProtocol:
      self.init(
        .invalidResponse, headWasSent, "the server switched to another protocol (status 101), which nobody asked for")
    case .tooManyInterimResponses:
      self.init(
        .invalidResponse, headWasSent,
        "the server sent more than \(ResponseGuard.maximumInterimResponses) interim responses and no answer")
    case .headTooLarge:
      self.init(
        .responseTooLarge, headWasSent, "the answer's headers are larger than \(ResponseGuard.maximumHeadBytes) bytes")
    // The request was not understood there.
    case .speaksTLS: self = .tlsExpected(origin)
    case .endedWithoutAByte: self = .lost(headWasSent)
    }
  }

  private init(client error: HTTPClientError, _ origin: Origin, _ route: Route, _ headWasSent: Bool) {
    switch error {
    case .cancelled: self.init(.cancelled, headWasSent, "the task was cancelled")
    case .deadlineExceeded where headWasSent, .readTimeout, .writeTimeout:
      self.init(.timeout, headWasSent, "the server did not answer in time")
    case .deadlineExceeded, .connectTimeout, .getConnectionFromPoolTimeout, .httpProxyHandshakeTimeout,
      .socksHandshakeTimeout:
      let by = route.proxy.map { " through the proxy \($0.address)" } ?? ""
      self.init(.connectTimeout, false, "no connection\(by) was there in time")
    case .tlsHandshakeTimeout: self.init(.tls, false, "the TLS handshake with \(origin.text) was not done in time")
    case .remoteConnectionClosed where headWasSent || route.proxy == nil: self = .lost(headWasSent)
    case .proxyAuthenticationRequired: self = .proxyAuthentication(route)
    case .remoteConnectionClosed, .invalidProxyResponse:
      let proxy = route.proxy?.address ?? ""
      self.init(
        .proxy, false,
        "the proxy \(proxy) opened no connection to \(origin.text); check whether it may, or set NO_PROXY")
    case .invalidURL, .emptyHost, .emptyScheme: self.init(.invalidURL, false, "the URL cannot be used")
    case _ where error.shortDescription.hasPrefix("Invalid header field"):
      self.init(.other, false, "a header of the request cannot be sent")
    case .alreadyShutdown: self = .shutDown
    default: self.init(.other, headWasSent, "the request failed in a way that is not known here")
    }
  }

  private init(connecting error: NIOConnectionError, _ origin: Origin, _ route: Route) {
    guard let failure = error.connectionErrors.first else {
      self.init(.dns, false, "the host '\(error.host.prefix(253))' could not be resolved")
      return
    }
    if case ChannelError.connectTimeout = failure.error {
      self.init(.connectTimeout, false, "cannot connect to \(Self.place(origin, route)): no answer in time")
    } else {
      let reason = (failure.error as? IOError).map { SystemError($0.errnoCode).text } ?? "it cannot be reached"
      self = .unreachable(origin, route, reason: reason)
    }
  }

  private init(channel error: ChannelError, _ origin: Origin, _ route: Route, _ headWasSent: Bool) {
    switch error {
    case .connectTimeout:
      self.init(.connectTimeout, false, "cannot connect to \(Self.place(origin, route)): no answer in time")
    case .ioOnClosedChannel, .alreadyClosed, .eof, .inputClosed, .outputClosed: self = .lost(headWasSent)
    default: self.init(.other, headWasSent, "the request failed in a way that is not known here")
    }
  }

  private init(parsing error: HTTPParserError) {
    switch error {
    case .invalidEOFState, .closedConnection: self = .lost(true)
    case .headerOverflow: self.init(.responseTooLarge, true, "the answer has too many headers, or too large ones")
    default: self.init(.invalidResponse, true, "the answer is not HTTP; check the address")
    }
  }

  private static func tls(_ error: any Error, _ origin: Origin) -> ExchangeFailure {
    // The library tells these apart in its text only.
    let text = String(describing: error)
    if case let error as NIOSSLExtraError = error, error == .failedToValidateHostname { return .wrongHost(origin) }
    if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") || text.contains("HTTPS_PROXY_REQUEST") {
      return .tlsNotSpoken(origin)
    }
    if ["UNSUPPORTED_PROTOCOL", "ALERT_PROTOCOL_VERSION", "VERSION_TOO_LOW"].contains(where: text.contains) {
      return .tlsTooOld(origin)
    }
    if text.contains("CERTIFICATE_VERIFY_FAILED") { return .unknownAuthority(origin) }
    if text.contains("EOF during handshake") { return .hungUp(origin) }
    return ExchangeFailure(.tls, false, "no secure connection to \(origin.text) came about")
  }

  private static func hungUp(_ origin: Origin) -> ExchangeFailure {
    ExchangeFailure(
      .tls, false, "\(origin.text) hung up during the TLS handshake; if it speaks plain HTTP, write http://")
  }

  private static func place(_ origin: Origin, _ route: Route) -> String {
    route.proxy.map { "the proxy \($0.address)" } ?? "\(origin.host) port \(origin.port)"
  }

  private static func unreachable(_ origin: Origin, _ route: Route, reason: String) -> ExchangeFailure {
    let text = "cannot connect to \(place(origin, route)): \(reason)"
    guard route.proxy != nil else { return ExchangeFailure(.connectionRefused, false, text) }
    return ExchangeFailure(.proxy, false, text + "; check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, or set NO_PROXY")
  }

  private static func meansUnreachable(_ code: CInt) -> Bool {
    [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL, ENOENT].contains(code)
  }

  private init(_ kind: Kind, _ mayHaveReachedServer: Bool, _ message: String) {
    self.init(kind, mayHaveReachedServer: mayHaveReachedServer, message)
  }
}
