/// What a person has at hand of one delivery.
struct DeliveryParts {
  /// Names in any case.
  var headers: [(String, String)] = []
  /// The exact bytes, as far as anybody knows.
  var body: ArraySlice<UInt8> = []
  /// When it was received, in seconds since 1970; nil when nobody noted that.
  var receivedAt: Double?
  /// The path that it was sent to.
  var path: String?
  /// What was done to make it of what was given, and may surprise.
  var remarks: [Remark] = []

  struct Remark {
    let code: String
    let text: String
  }
}
