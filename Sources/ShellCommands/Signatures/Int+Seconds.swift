extension Int {
  /// The whole seconds of a time, within what fits.
  init(clamping seconds: Double) {
    self = seconds.isNaN ? 0 : Int(Swift.max(-9e15, Swift.min(9e15, seconds)).rounded(.down))
  }
}
