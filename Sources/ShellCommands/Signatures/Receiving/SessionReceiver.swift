public import Interpreter
import MittrSDK
import MittrWebhooks
import OrderedJSON
import Synchronization
import WebhookReceiver

/// Where a session keeps what `listen` started.
public enum ReceiverKey: SessionKey {
  public typealias Value = SessionReceiver
}

/// The receiver of one session, and the deliveries that it took in. They stay when it has stopped.
public final class SessionReceiver {
  let log = DeliveryLog()
  private var receiver: Receiver?
  private var secrets: ReceiverSecrets?
  private var cached: (number: Int, records: JSONValue)?

  /// Where it listens; nil when it does not.
  var url: String? { receiver?.url }
  var port: Int? { receiver?.port }

  /// Starts to listen. It must not listen already.
  func start(_ configuration: ReceiverConfiguration, _ secrets: ReceiverSecrets) async throws(ReceiverError) {
    let receiver = try await Receiver.start(configuration, keepingIn: log)
    secrets.setPort(receiver.port)
    self.receiver = receiver
    self.secrets = secrets
  }

  /// Closes the port and every connection. Without a receiver it does nothing.
  public func stop() async {
    // What is being answered may wait for it.
    secrets?.stopLookups()
    await receiver?.stop()
    receiver = nil
  }

  /// The secrets that deliveries to a path were verified with.
  func secrets(path: String?) -> [WebhookSecret] { secrets?.known(path: path) ?? [] }

  /// `$deliveries`: made anew only when there are new ones.
  var records: JSONValue {
    let number = log.lastNumber
    if let cached, cached.number == number { return cached.records }
    let records = JSONValue.array(log.deliveries.map { .object($0.record) })
    cached = (number, records)
    return records
  }
}

extension Session {
  /// Lets scripts use `$deliveries`. Nothing is made before one does.
  public func provideDeliveries() {
    globals.provide("deliveries", of: .delivery) { [weak self] in self?[ReceiverKey.self]?.records ?? .array([]) }
  }
}
