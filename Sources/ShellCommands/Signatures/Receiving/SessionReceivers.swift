public import Interpreter
import MittrSDK
import MittrWebhooks
import OrderedJSON
import Synchronization
import WebhookReceiver

/// Where a session keeps what `listen` started.
public enum ReceiverKey: SessionKey {
  public typealias Value = SessionReceivers
}

/// The receivers of one session, each with a port of its own, and the deliveries that they took in. Those stay when the
/// receivers have stopped.
public final class SessionReceivers {
  let log = DeliveryLog()
  let eventTypes: EventTypes
  /// In the order in which they were started.
  private(set) var running: [Receiver] = []
  /// Of all that ran, by the port: the last one's for each.
  private var secrets: [Int: ReceiverSecrets] = [:]
  private var cached: (number: Int, types: Int, records: JSONValue)?

  init(_ eventTypes: EventTypes) { self.eventTypes = eventTypes }

  /// Where the newest of them listens; nil when none does.
  var url: String? { running.last?.url }

  /// Starts to listen.
  func start(
    _ configuration: ReceiverConfiguration, _ secrets: ReceiverSecrets
  ) async throws(ReceiverError) -> Receiver {
    let receiver = try await Receiver.start(configuration, keepingIn: log)
    secrets.setPort(receiver.port)
    self.secrets[receiver.port] = secrets
    running.append(receiver)
    return receiver
  }

  func receiver(port: Int) -> Receiver? { running.first { $0.port == port } }

  /// Closes the ports and all connections. Without a receiver it does nothing.
  public func stop() async {
    for receiver in running { await stop(receiver) }
    eventTypes.stop()
  }

  /// Closes one's port and its connections.
  func stop(_ receiver: Receiver) async {
    // What is being answered may wait for it.
    secrets[receiver.port]?.stopLookups()
    await receiver.stop()
    running.removeAll { $0 === receiver }
  }

  /// The secrets that deliveries to a path were verified with.
  /// - Parameter port: that they came to; nil for any.
  func secrets(path: String?, port: Int? = nil) -> [WebhookSecret] {
    if let port { return secrets[port]?.known(path: path) ?? [] }
    return secrets.sorted { $0.key < $1.key }.flatMap { $0.value.known(path: path) }
  }

  /// What `deliveries` yields of one.
  func record(of delivery: ReceivedDelivery) -> JSONValue {
    .object(delivery.record(eventType: eventTypes.type(of: delivery.request)))
  }

  /// `$deliveries`: made anew only when there is something new.
  var records: JSONValue {
    let (number, types) = (log.lastNumber, eventTypes.changes)
    if let cached, cached.number == number, cached.types == types { return cached.records }
    let records = JSONValue.array(log.deliveries.map { record(of: $0) })
    cached = (number, types, records)
    return records
  }
}

extension Session {
  /// Lets scripts use `$deliveries`. Nothing is made before one does.
  public func provideDeliveries() {
    globals.provide("deliveries", of: .delivery) { [weak self] in self?[ReceiverKey.self]?.records ?? .array([]) }
  }

  /// The receivers, made when they are first asked for. None listens by itself.
  var receivers: SessionReceivers {
    if let receivers = self[ReceiverKey.self] { return receivers }
    let receivers = SessionReceivers(EventTypes(client: self[ClientProviderKey.self]?.current, sleep: clock.sleep))
    self[ReceiverKey.self] = receivers
    return receivers
  }
}
