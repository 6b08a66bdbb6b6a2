public import MittrWebhooks

/// A request that was received, what was found about its signature, and what was answered.
public struct ReceivedDelivery: Sendable {
  /// From 1, in the order in which they were answered.
  public let number: Int
  /// The port that it came to.
  public let port: Int
  public let request: ReceivedRequest
  /// What the doctor says; nil when there was no secret to verify it with.
  public let diagnosis: SignatureDiagnosis?
  /// Which attempt at its event it is, as a header says, or else how often the event came here; nil without an event.
  public let attempt: Int?
  /// What was answered; of its body no more than `maximumKeptBytes`.
  public let response: ReceiverResponse
  /// Whether the body that was answered was longer than what is kept.
  public let isResponseCut: Bool
  /// From when the request had come to when its answer was there.
  public let duration: Duration
  /// What went wrong besides: the delivery could not be forwarded, or not saved.
  public let problem: DeliveryProblem?

  /// The status that was answered.
  public var status: Int { response.status }

  /// How much of an answer's body is kept, in bytes: 64 KiB.
  public static let maximumKeptBytes = 64 << 10

  init(
    number: Int, port: Int, request: ReceivedRequest, diagnosis: SignatureDiagnosis?, attempt: Int?,
    response: ReceiverResponse, duration: Duration, problem: DeliveryProblem?
  ) {
    self.number = number
    self.port = port
    self.request = request
    self.diagnosis = diagnosis
    self.attempt = attempt
    isResponseCut = response.body.count > Self.maximumKeptBytes
    var kept = response
    if isResponseCut { kept.body = Array(response.body.prefix(Self.maximumKeptBytes)) }
    self.response = kept
    self.duration = duration
    self.problem = problem
  }

  /// How much memory keeping it takes, about.
  var size: Int {
    response.headers.reduce(request.size + response.body.count) { $0 + $1.name.utf8.count + $1.value.utf8.count + 32 }
  }
}

/// What went wrong with a delivery besides its signature.
public struct DeliveryProblem: Sendable, Hashable {
  /// A code of `DeliveryFailure.Code`, or one of those below.
  public let code: String
  /// One clause without a full stop.
  public let message: String

  static let loop = "loop"
  static let foreignHost = "foreign-host"
  static let noRoute = "no-route"
  static let responseTooLarge = "response-too-large"
  static let notSaved = "not-saved"
  static let stopped = "stopped"

  init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }

  init(_ failure: DeliveryFailure) { self.init(failure.code.rawValue, failure.message) }
}
