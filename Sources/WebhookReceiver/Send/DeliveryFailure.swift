import OutboundHTTP

/// Why a delivery got no answer from its receiver.
public struct DeliveryFailure: Error, Sendable, Hashable {
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// Nobody listens there.
    case refused
    case noSuchHost = "no-such-host"
    case untrustedCertificate = "untrusted-certificate"
    /// `https` where no TLS is spoken.
    case notTLS = "not-tls"
    /// `http` where TLS is spoken.
    case tlsExpected = "tls-expected"
    /// TLS is spoken there, and no connection came about.
    case tlsFailed = "tls-failed"
    case timeout
    /// The connection ended before the answer was complete.
    case closed
    /// What came back is no HTTP, or its headers have no end.
    case badResponse = "bad-response"
    case proxyFailed = "proxy-failed"
    /// Another machine, which was not allowed.
    case remoteNotAllowed = "remote-not-allowed"
    case cancelled
    case failed
  }

  public let code: Code
  /// One clause without a full stop that says where and, where something can be done, what.
  public let message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  init(_ failure: ExchangeFailure, from target: String, timeout: Duration) {
    code =
      switch failure.kind {
      case .connectionRefused: .refused
      case .dns: .noSuchHost
      case .timeout, .connectTimeout: .timeout
      case .connectionLost: .closed
      case .invalidResponse, .responseTooLarge: .badResponse
      case .certificateExpired, .certificateNotYetValid, .certificateSelfSigned, .certificateUnknownAuthority,
        .certificateWrongHost, .invalidAuthorities:
        .untrustedCertificate
      case .tlsNotSpoken: .notTLS
      case .tlsExpected: .tlsExpected
      case .tls, .tlsTooOld: .tlsFailed
      case .proxy, .proxyAuthentication, .invalidProxy: .proxyFailed
      case .cancelled: .cancelled
      case .invalidURL, .invalidClientCertificate, .shutDown, .other: .failed
      }
    message =
      switch failure.kind {
      case .timeout, .connectTimeout: "\(target) did not answer within \(Self.text(timeout))"
      case .connectionRefused: "nobody listens at \(target): \(failure.message)"
      case .certificateSelfSigned:
        "the certificate of \(target) is signed by itself alone: name its file in SSL_CERT_FILE, or --insecure takes it"
      case .certificateUnknownAuthority:
        "the certificate of \(target) comes from an authority that is not trusted here: name its file in SSL_CERT_FILE, "
          + "or --insecure takes it"
      case .certificateWrongHost, .certificateExpired: "\(failure.message); --insecure takes it as it is"
      default: "no answer from \(target): \(failure.message)"
      }
  }

  private static func text(_ duration: Duration) -> String {
    let milliseconds = Int((duration / .milliseconds(1)).rounded())
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }
}
