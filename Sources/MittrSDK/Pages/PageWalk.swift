/// Decides which page of a list to ask for next: a state machine without any input or output.
struct PageWalk: Sendable {
  struct Request: Sendable, Hashable {
    let limit: Int
    let cursor: String?
  }

  enum Step: Sendable {
    case request(Request)
    case finished
    case failed(MittrError)
  }

  /// What a page holds when the caller does not say.
  static let defaultLimit = 100
  /// A filter may leave a page empty; a server that only ever sends empty pages is stopped.
  static let maximumEmptyPages = 1000

  private let limit: Int
  /// What the first page holds, where so few will probably do.
  private var firstLimit: Int?
  /// Whether the page that was accepted last will probably not do, so that the next one may be asked for early.
  private(set) var isEager = true
  private var remaining: Int?
  private var emptyPages = 0
  private(set) var next: Step

  /// - Parameters:
  ///   - maximum: how many items are wanted at most; nil for all.
  ///   - likely: how many items will probably do; nil when nothing is known.
  init(limit: Int?, cursor: String?, maximum: Int?, likely: Int? = nil) {
    self.limit = limit ?? Self.defaultLimit
    firstLimit = likely.map { max(1, $0) }
    remaining = maximum
    next = .finished
    next = request(cursor)
  }

  /// Takes note of the page that was asked for last.
  /// - Returns: how many of its items are wanted.
  mutating func accept(_ pagination: Pagination, count: Int) -> Int {
    guard case .request(let asked) = next else { return 0 }
    let wanted = min(count, remaining ?? count)
    if let remaining { self.remaining = remaining - wanted }
    isEager = firstLimit == nil
    firstLimit = nil
    emptyPages = count == 0 ? emptyPages + 1 : 0
    if !pagination.hasMore {
      next = .finished
    } else if case .finished = request(pagination.cursor) {
      next = .finished
    } else if let cursor = pagination.cursor, cursor != asked.cursor, emptyPages < Self.maximumEmptyPages {
      next = request(cursor)
    } else {
      next = .failed(Self.error(cursor: pagination.cursor, asked: asked.cursor))
    }
    return wanted
  }

  mutating func finish() { next = .finished }

  private func request(_ cursor: String?) -> Step {
    if let remaining, remaining <= 0 { return .finished }
    return .request(Request(limit: min(limit, remaining ?? limit, firstLimit ?? limit), cursor: cursor))
  }

  private static func error(cursor: String?, asked: String?) -> MittrError {
    switch cursor {
    case nil: .invalidResponse("the server says that more items follow, but gives no cursor")
    case asked: .invalidResponse("the server gave the same cursor twice in a row")
    default: .invalidResponse("the server sent \(maximumEmptyPages) empty pages in a row")
    }
  }
}
