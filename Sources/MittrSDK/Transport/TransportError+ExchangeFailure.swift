import OutboundHTTP

extension TransportError {
  init(_ failure: ExchangeFailure) {
    self.init(
      Kind(rawValue: failure.kind.rawValue) ?? .other, mayHaveReachedServer: failure.mayHaveReachedServer,
      message: failure.message)
  }
}
