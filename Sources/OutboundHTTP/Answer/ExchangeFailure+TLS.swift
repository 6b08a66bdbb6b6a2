extension ExchangeFailure {
  /// What is said of a connection that is not secure as it should be. Nothing was sent to the server then.
  static func expired(_ origin: Origin, on date: String) -> ExchangeFailure {
    ExchangeFailure(
      .certificateExpired, mayHaveReachedServer: false,
      "the certificate of \(origin.text) expired on \(date): it must be renewed there, unless this machine's clock is wrong"
    )
  }

  static func notYetValid(_ origin: Origin, until date: String) -> ExchangeFailure {
    ExchangeFailure(
      .certificateNotYetValid, mayHaveReachedServer: false,
      "the certificate of \(origin.text) is not valid before \(date): set this machine's clock, or wait")
  }

  static func selfSigned(_ origin: Origin) -> ExchangeFailure {
    ExchangeFailure(
      .certificateSelfSigned, mayHaveReachedServer: false,
      "the certificate of \(origin.text) is signed by itself alone: if it is yours, name its file in SSL_CERT_FILE, "
        + "or in ca_file of the profile")
  }

  static func unknownAuthority(_ origin: Origin) -> ExchangeFailure {
    ExchangeFailure(
      .certificateUnknownAuthority, mayHaveReachedServer: false,
      "the certificate of \(origin.text) comes from an authority that is not trusted here: if it is yours, name its "
        + "file in SSL_CERT_FILE, or in ca_file of the profile")
  }

  static func wrongHost(_ origin: Origin) -> ExchangeFailure {
    ExchangeFailure(
      .certificateWrongHost, mayHaveReachedServer: false,
      "the certificate that is shown there was not made for \(origin.host): use the name that it was made for")
  }

  static func tlsTooOld(_ origin: Origin) -> ExchangeFailure {
    ExchangeFailure(
      .tlsTooOld, mayHaveReachedServer: false,
      "\(origin.text) speaks no TLS as new as 1.2: the server must be updated")
  }

  static func tlsNotSpoken(_ origin: Origin) -> ExchangeFailure {
    ExchangeFailure(
      .tlsNotSpoken, mayHaveReachedServer: false,
      "\(origin.host) speaks no TLS on port \(origin.port): write http:// if that is meant, or the port of its https")
  }

  static func tlsExpected(_ origin: Origin) -> ExchangeFailure {
    ExchangeFailure(
      .tlsExpected, mayHaveReachedServer: false,
      "\(origin.host) speaks TLS on port \(origin.port): write https:// in place of http://")
  }

  static func proxyAuthentication(_ route: Route) -> ExchangeFailure {
    ExchangeFailure(
      .proxyAuthentication, mayHaveReachedServer: false,
      "the proxy \(route.proxy?.address ?? "") wants a user and a password, or other ones: write them as "
        + "http://USER:PASSWORD@HOST:PORT in its variable")
  }

  static func lost(_ mayHaveReachedServer: Bool) -> ExchangeFailure {
    ExchangeFailure(
      .connectionLost, mayHaveReachedServer: mayHaveReachedServer,
      "the connection ended before the response was complete")
  }
}
