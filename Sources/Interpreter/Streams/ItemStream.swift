public import OrderedJSON

/// Items pulled one at a time. Nothing happens before the first pull.
///
/// A stream that ends, fails or is closed early runs its clean-up exactly once; afterwards it only answers nil. A
/// consumer that stops pulling before the end must close it.
///
/// Only one task has it at a time: one pull, or the close, is over before the next begins. Which task that is may change
/// from pull to pull, when it is handed over in between.
public final class ItemStream {
  public typealias Pull = () async throws(Interruption) -> JSONValue?

  private var pull: Pull?
  /// How many items were pulled so far.
  private(set) var pulled = 0
  /// How many items a stage that keeps them takes.
  var mostHeld = JSONValue.longestList
  private let cleanUp: (() async -> Void)?
  /// What the items are, when that is known beforehand.
  public let kind: ItemKind?
  /// Passes on how many items will be pulled at most.
  private let expectation: ((Int) -> Void)?
  private let hint: ((Int) -> Void)?
  /// How many items there are in all, as far as that is known by now.
  public var total: (() -> Int?)?
  /// Set by the evaluator: where in the source the stage stands that makes this stream, and what is to be checked once
  /// it has ended by itself.
  var span: SourceSpan?
  var source: SourceText?
  var atEnd: (() throws(Interruption) -> Void)?
  /// Sees each item that is pulled; in interactive sessions only.
  var note: ((JSONValue) -> Void)?

  /// - Parameters:
  ///   - expecting: called before the first pull, if the consumer knows that it wants at most so many items.
  ///   - hinting: called before the first pull, if the consumer will probably, but not certainly, want so many items.
  ///   - cleanUp: runs once, after the end, an error, or an early close.
  ///   - pull: the next item, or nil at the end.
  public init(
    kind: ItemKind? = nil, expecting: ((Int) -> Void)? = nil, hinting: ((Int) -> Void)? = nil,
    cleanUp: (() async -> Void)? = nil, pull: @escaping Pull
  ) {
    self.kind = kind
    self.expectation = expecting
    self.hint = hinting
    self.cleanUp = cleanUp
    self.pull = pull
  }

  /// A stream that is made when its first item is asked for, and not before: what making it takes, such as a question or
  /// a file, happens then.
  /// - Parameters:
  ///   - input: what the stream is made of; it is closed if the stream never is made.
  ///   - make: given how many items will be pulled at most, if that is known.
  public static func deferred(
    kind: ItemKind? = nil, input: ItemStream? = nil,
    _ make: @escaping (_ atMost: Int?) async throws(Interruption) -> ItemStream
  ) -> ItemStream {
    var made: ItemStream?
    var (atMost, about): (Int?, Int?)
    let stream = ItemStream(
      kind: kind,
      expecting: { count in
        atMost = min(count, atMost ?? count)
        made?.expect(atMost: count)
      },
      hinting: { count in
        about = count
        made?.expect(about: count)
      },
      cleanUp: { if let made { await made.close() } else { await input?.close() } },
      pull: { () async throws(Interruption) -> JSONValue? in
        if let made { return try await made.next() }
        let stream = try await make(atMost)
        made = stream
        if let atMost { stream.expect(atMost: atMost) }
        if let about { stream.expect(about: about) }
        return try await stream.next()
      })
    stream.total = { made?.total?() ?? input?.total?() }
    return stream
  }

  /// A stream of items that are there already.
  public convenience init(_ items: [JSONValue], kind: ItemKind? = nil) {
    var rest = items[...]
    self.init(kind: kind) { () async throws(Interruption) -> JSONValue? in rest.popFirst() }
  }

  /// The same, of which it is known how many they are.
  public static func counted(_ items: [JSONValue], kind: ItemKind? = nil) -> ItemStream {
    let stream = ItemStream(items, kind: kind)
    stream.total = { items.count }
    return stream
  }

  public func next() async throws(Interruption) -> JSONValue? {
    guard let pull else { return nil }
    do throws(Interruption) {
      if Task.isCancelled { throw .cancelled }
      if let item = try await pull() {
        pulled += 1
        note?(item)
        return item
      }
      await close()
      try atEnd?()
      return nil
    } catch {
      await close()
      var error = error
      if let span { error = error.located(at: span) }
      if let source { error = error.located(in: source) }
      throw error
    }
  }

  public func close() async {
    guard pull != nil else { return }
    pull = nil
    await cleanUp?()
  }

  /// Says that at most `count` items will be pulled, so that a source asks for no more.
  public func expect(atMost count: Int) { expectation?(count) }

  /// Says that probably about `count` items will be pulled, and maybe more: a source may make its first page no larger.
  public func expect(about count: Int) { hint?(count) }

  /// The next item, for who keeps all of them: it holds no more of what it was read from than itself.
  ///
  /// - Throws: `too-large` where there are more of them than a list may have.
  func nextHeld() async throws(Interruption) -> JSONValue? {
    guard let item = try await next() else { return nil }
    guard pulled <= mostHeld else {
      await close()
      throw .failure(.tooManyHeld(mostHeld, at: span))
    }
    return item.detached()
  }

  /// Pulls to the end.
  public func collect() async throws(Interruption) -> [JSONValue] {
    var items: [JSONValue] = []
    while let item = try await nextHeld() {
      guard !item.isNested(deeperThan: JSONValue.deepestNesting - 1) else {
        await close()
        throw .failure(.nestedTooDeeply(at: span))
      }
      items.append(item)
    }
    return items
  }

  /// One item for each item.
  public func map(
    kind: ItemKind? = nil, _ transform: @escaping (JSONValue) async throws(Interruption) -> JSONValue
  ) -> ItemStream {
    let stream = ItemStream(
      kind: kind, expecting: { self.expect(atMost: $0) }, cleanUp: { await self.close() },
      pull: { () async throws(Interruption) -> JSONValue? in
        guard let item = try await self.next() else { return nil }
        return try await transform(item)
      })
    stream.total = { self.total?() }
    return stream
  }

  /// The items of a stream for each item, one after another.
  public func flatMap(
    kind: ItemKind? = nil, _ transform: @escaping (JSONValue) async throws(Interruption) -> ItemStream
  ) -> ItemStream {
    var inner: ItemStream?
    return ItemStream(
      kind: kind,
      cleanUp: {
        await inner?.close()
        await self.close()
      },
      pull: { () async throws(Interruption) -> JSONValue? in
        while true {
          if let item = try await inner?.next() { return item }
          guard let outer = try await self.next() else { return nil }
          inner = try await transform(outer)
        }
      })
  }
}

/// What a command or a statement yields.
public enum Output {
  case nothing
  case value(JSONValue, kind: ItemKind? = nil)
  case stream(ItemStream)

  /// The items one by one: those of a stream or of a list; any other value is one item.
  var items: ItemStream {
    switch self {
    case .nothing: ItemStream([])
    case .value(.array(let items), let kind): .counted(items, kind: kind)
    case .value(let value, let kind): ItemStream([value], kind: kind)
    case .stream(let stream): stream
    }
  }

  /// Whether this is one value that is not a list, so that commands working item by item yield one value too.
  var isSingle: Bool {
    switch self {
    case .value(.array, _), .stream, .nothing: false
    case .value: true
    }
  }

  /// The one value, or the list of all items.
  func value() async throws(Interruption) -> JSONValue? {
    switch self {
    case .nothing: nil
    case .value(let value, _): value
    case .stream(let stream): .array(try await stream.collect())
    }
  }
}
