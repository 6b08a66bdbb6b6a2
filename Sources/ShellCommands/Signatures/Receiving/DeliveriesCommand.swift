import Interpreter
import OrderedJSON
import WebhookReceiver

enum DeliveriesCommand {
  private static let follow = Parameter.flag("follow", "go on with each new one as it comes, until it is stopped")

  static let command = Command(
    "deliveries", topic: .signatures, "yields the deliveries that listen received, oldest first",
    discussion: """
      Each has number, receivedAt, method, path, eventId, eventType, status (what was answered), valid, reason, size,
      headers and body; one that is not UTF-8 text has bodyBase64 instead. eventType is what a header or the payload says.
      valid and reason are null for what there was no secret to verify with.
      """,
    input: .none, result: .stream, itemKind: .delivery, parameters: [follow],
    examples: [
      .init("deliveries | where .valid == false | select number reason", "what did not hold"),
      .init("deliveries | last 1 | verify --secret whsec_test", "why the last one does not"),
    ]
  ) { call throws(Interruption) in
    let isFollowing = try await call.value(follow)
    guard let receiver = call.session[ReceiverKey.self], receiver.url != nil || !isFollowing else {
      if isFollowing { throw .failure(ListenCommand.notListening) }
      return .stream(ItemStream([], kind: .delivery))
    }
    let (session, log) = (call.session, receiver.log)
    let end = log.lastNumber
    var number = 0
    return .stream(
      ItemStream(kind: .delivery) { () async throws(Interruption) -> JSONValue? in
        var delivery = log.first(after: number)
        if !isFollowing, number >= end { delivery = nil }
        if delivery == nil, isFollowing {
          try session.flush()
          delivery = await log.next(after: number)
          if delivery == nil { throw .cancelled }
        }
        guard let delivery, isFollowing || delivery.number <= end else { return nil }
        number = delivery.number
        return .object(delivery.record)
      })
  }
}
