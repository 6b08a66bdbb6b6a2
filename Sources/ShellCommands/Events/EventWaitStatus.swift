import Interpreter
import MittrSDK
import OrderedJSON

/// Tells a person at a terminal, in one line, how an event stands that is waited for.
struct EventWaitStatus {
  private let call: Call
  private let progress: (any ProgressDisplay)?
  private var endpoint: JSONObject?
  /// After how many attempts the endpoint was looked at.
  private var lookedAfter: Int?

  init(_ call: Call) {
    self.call = call
    progress = call.session.progress
  }

  mutating func show(_ event: JSONObject, _ id: String, left: Duration) async {
    guard let progress else { return }
    await look(event)
    let line = Self.line(event, id, endpoint, now: call.session.now())
    let seconds = Int(left.inSeconds.rounded(.up))
    progress.showWaiting("\(call.name): \(line); gives up in \(seconds)s")
  }

  func end() { progress?.showWaiting(nil) }

  /// Looks at the endpoint where that may tell something new. What is not known is not told.
  private mutating func look(_ event: JSONObject) async {
    let attempts = event["attempts"]?.intValue ?? 0
    guard let id = event["endpointId"]?.stringValue, lookedAfter != attempts || Self.isCircuitOpen(endpoint) else {
      return
    }
    lookedAfter = attempts
    do throws(Interruption) {
      let client = try await call.client()
      do throws(MittrError) { endpoint = try await client.endpointRecords.get(id) } catch { endpoint = nil }
    } catch {
      endpoint = nil
    }
  }

  private static func isCircuitOpen(_ endpoint: JSONObject?) -> Bool {
    endpoint?["circuitState"]?.stringValue == CircuitState.open.rawValue
  }

  /// `evt_1 is failed after attempt 2 of 5, the next one in about 4s`.
  static func line(_ event: JSONObject, _ id: String, _ endpoint: JSONObject?, now: Double) -> String {
    let status = event["status"]?.stringValue
    var text = "\(id) is \(status ?? "without a status")"
    let attempts = event["attempts"]?.intValue ?? 0
    if attempts > 0 {
      text += " after attempt \(attempts)" + (event["maxAttempts"]?.intValue.map { " of \($0)" } ?? "")
    }
    if endpoint?["enabled"] == false { return text + ", its endpoint is switched off" }
    if isCircuitOpen(endpoint) {
      return text + ", the circuit of its endpoint is open: nothing is attempted until it is half-open"
    }
    if attempts > 0, status == EventStatus.failed.rawValue, let next = nextAttempt(event, attempts, endpoint) {
      let rest = Int((min(next - now, 1e9)).rounded(.up))
      text += rest > 0 ? ", the next one in about \(Duration.seconds(rest).text)" : ", the next one is due"
    }
    return text
  }

  /// When the next attempt is due, in seconds since 1970, by the endpoint's own backoff.
  private static func nextAttempt(_ event: JSONObject, _ attempts: Int, _ endpoint: JSONObject?) -> Double? {
    guard let first = endpoint?["retryBackoffMs"]?.numberValue?.double,
      let last = event["updatedAt"]?.stringValue.flatMap({ TimeReference.seconds(iso8601: $0) })
    else { return nil }
    let most = endpoint?["retryBackoffMax"]?.numberValue?.double ?? 86_400_000
    let factor = endpoint?["retryBackoffMult"]?.numberValue?.double ?? 2
    var delay = first
    for _ in 1..<min(max(attempts, 1), 64) where delay < most { delay *= factor }
    return last + max(0, min(delay, most)) / 1000
  }
}
