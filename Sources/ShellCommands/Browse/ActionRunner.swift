import Basics
import Interpreter
import OrderedJSON
import Synchronization

/// Does what `browse` is asked to do with an item, in a session beside the one that reads the items: nothing that it says
/// reaches the terminal, and nobody is asked.
final class ActionRunner {
  private let session: Session
  private let messages = MessageMemory()
  private let kind: ItemKind?
  private let target: DeliveryTarget

  /// - Parameter kind: what is told of the items.
  init(_ session: Session, kind: ItemKind?) {
    self.kind = kind
    target = session[DeliveryTargetKey.self] ?? DeliveryTarget()
    session[DeliveryTargetKey.self] = target
    let host = StreamHost(
      output: MessageMemory(), errors: messages, files: session.files, environment: session.environment,
      clock: session.clock, now: session.now)
    host.notify = session.notify
    host.willChange = session.host.willChange
    self.session = session.sibling(host: host)
  }

  var actions: RecordActions {
    // The browser performs one action at a time, and nobody else has this session.
    nonisolated(unsafe) let runner = self
    let (kind, registry, target) = (kind, session.registry, target)
    return RecordActions(
      fitting: { item in
        let shape = ItemShape(item, kind: kind)
        return ItemAction.all.filter { $0.shape == shape && registry[$0.command] != nil }.map { $0.action }
      },
      lastAnswer: { _ in target.url },
      perform: { action, item, answer in await runner.perform(action, item, answer) })
  }

  private func perform(_ action: RecordAction, _ item: JSONValue, _ answer: String?) async -> RecordActions.Outcome {
    let shape = ItemShape(item, kind: kind)
    guard let declared = ItemAction.all.first(where: { $0.action == action && $0.shape == shape }) else {
      return .line("\(action.label) does not fit this item")
    }
    if let answer { target.url = answer }
    session.globals.bind("item", to: item)
    session.globals.bind("answer", to: answer.map { .string($0) } ?? .null)
    _ = messages.taken()
    var yielded: [JSONValue] = []
    var failure: String?
    do throws(Interruption) {
      try await run(declared, into: &yielded)
    } catch {
      failure = Self.text(of: error)
    }
    guard let value = yielded.last else {
      return .line("\(action.label): \(failure ?? messages.taken().last ?? "done")")
    }
    if declared.showsDetails { return .details(value) }
    return .line("\(action.label): \(Self.line(about: value))")
  }

  /// - Parameter yielded: gets what comes, also when something fails then.
  private func run(_ action: ItemAction, into yielded: inout [JSONValue]) async throws(Interruption) {
    switch try await session.output(of: SourceText(name: "browse", text: action.script)) {
    case .nothing: break
    case .value(let value, let kind): yielded = [kind?.report.map { .object($0) } ?? value]
    case .stream(let stream): while let value = try await stream.next() { yielded.append(value.detached()) }
    }
  }

  private static func text(of interruption: Interruption) -> String? {
    switch interruption {
    case .failure(let failure): failure.message + (failure.help.map { "; \($0)" } ?? "")
    case .cancelled: "interrupted"
    case .outputClosed, .exit, .returned, .leftRound: nil
    }
  }

  /// What an outcome says, in one line.
  private static func line(about value: JSONValue) -> String {
    guard case .object(let record) = value else { return value.text }
    let id = record["id"]?.stringValue.map { $0 + " " } ?? ""
    if record["ok"] == .bool(false) {
      let error = record["error"]
      let said = error?["message"]?.stringValue ?? error?["code"]?.stringValue ?? record["status"]?.text
      return "\(id)failed\(said.map { ": \($0)" } ?? "")"
    }
    let facts = ["status", "ms"].compactMap { name in record[name].map { "\(name) \($0.text)" } }
    return "\(id)done\(facts.isEmpty ? "" : ", " + facts.joined(separator: ", "))"
  }
}

/// Where deliveries were sent last, for the next time.
final class DeliveryTarget: Sendable {
  private let state = Mutex("")

  var url: String {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}

enum DeliveryTargetKey: SessionKey {
  typealias Value = DeliveryTarget
}

/// Keeps the last of what is said.
private final class MessageMemory: ByteSink {
  private let bytes = Mutex<[UInt8]>([])
  private static let limit = 64 << 10

  func write(_ bytes: [UInt8]) throws(Interruption) {
    self.bytes.withLock { $0 = Array(($0 + bytes).suffix(Self.limit)) }
  }

  /// The lines that were said since it was last asked.
  func taken() -> [String] {
    bytes.withLock { bytes in
      defer { bytes = [] }
      return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
  }
}
