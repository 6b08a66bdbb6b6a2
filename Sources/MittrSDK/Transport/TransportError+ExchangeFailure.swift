import OutboundHTTP

extension TransportError {
  init(_ failure: ExchangeFailure) {
    self.init(
      Kind(rawValue: failure.kind.rawValue), mayHaveReachedServer: failure.mayHaveReachedServer,
      message: failure.message)
  }
}
