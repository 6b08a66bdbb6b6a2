import Basics

/// Decides which page of a list to ask for next: a state machine without any input or output.
///
/// It remembers which items and which cursors have come, 9 to 10 bytes for each, so that no list goes on for ever, and so
/// that a list which changes while it is read can be looked at again.
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
  /// New items at the front of a list may shift whole pages, so that one comes again. So many in a row do not.
  static let maximumPagesAgain = 3
  /// How often a list is looked at that goes on changing.
  static let maximumPasses = 100

  private let limit: Int
  private let start: String?
  /// Whether what is changed meanwhile may drop items from the list.
  private let mayShrink: Bool
  /// What the first page holds, where so few will probably do.
  private var firstLimit: Int?
  /// Whether the page that was accepted last will probably not do, so that the next one may be asked for early.
  private(set) var isEager = true
  private var remaining: Int?
  private(set) var next: Step

  private var items = FingerprintSet()
  /// Those of this pass.
  private var cursors = FingerprintSet()
  /// From the start to the end of the list once.
  private(set) var pass = 1
  private var pagesInPass = 0
  private var itemsInPass = 0
  private var emptyPages = 0
  private var pagesAgain = 0

  /// - Parameters:
  ///   - maximum: how many items are wanted at most; nil for all.
  ///   - likely: how many items will probably do; nil when nothing is known.
  ///   - mayShrink: whether changes made meanwhile may drop items from the list, so that it is to be looked at again.
  init(limit: Int?, cursor: String?, maximum: Int?, likely: Int? = nil, mayShrink: Bool = false) {
    self.limit = limit ?? Self.defaultLimit
    self.mayShrink = mayShrink
    start = cursor
    firstLimit = likely.map { max(1, $0) }
    remaining = maximum
    next = .finished
    next = beginPass()
  }

  /// Whether the page to be asked for next is the first one of a pass.
  var isAtStart: Bool { pagesInPass == 0 }

  /// Takes the page that was asked for last.
  /// - Parameters:
  ///   - id: what tells an item from all others.
  ///   - hasChanged: whether something may have been changed since the first page of this pass was asked for.
  /// - Returns: the items that are wanted: in the first pass all, in later ones those that have not come yet.
  mutating func accept<Item>(
    _ page: Page<Item>, id: (Item) -> String, hasChanged: Bool
  ) -> ArraySlice<Item> {
    guard case .request = next else { return [] }
    let new = page.data.filter { items.insert(id($0)) }
    var wanted = pass == 1 ? page.data[...] : new[...]
    if let remaining {
      wanted = wanted.prefix(max(0, remaining))
      self.remaining = remaining - wanted.count
    }
    // A page that was made small because it will probably do.
    isEager = firstLimit == nil
    firstLimit = nil
    pagesInPass += 1
    itemsInPass += page.data.count
    emptyPages = page.data.isEmpty ? emptyPages + 1 : 0
    if pass > 1 || !new.isEmpty { pagesAgain = 0 } else if !page.data.isEmpty { pagesAgain += 1 }
    next = step(after: page.pagination, hasChanged: hasChanged)
    return wanted
  }

  mutating func finish() { next = .finished }

  private mutating func step(after pagination: Pagination, hasChanged: Bool) -> Step {
    if let remaining, remaining <= 0 { return .finished }
    guard pagination.hasMore else { return endOfPass(hasChanged: hasChanged) }
    guard let cursor = pagination.cursor else {
      return .failed(.invalidResponse("the server says that more items follow, but gives no cursor"))
    }
    guard cursors.insert(cursor) else { return .failed(.endlessList("gave a cursor that it had given before")) }
    guard emptyPages < Self.maximumEmptyPages else {
      return .failed(.endlessList("sent \(Self.maximumEmptyPages) empty pages in a row"))
    }
    // A later pass brings what has come before; not, however, twice as much as there is.
    guard pagesAgain < Self.maximumPagesAgain, pass == 1 || itemsInPass <= 2 * (items.count + limit) else {
      return .failed(.endlessList("sends nothing but items that came before"))
    }
    return request(cursor)
  }

  /// What changes while a list is read may make it shorter: where a cursor is a number of items, those behind move up, and
  /// some are passed over. A single page has nothing to pass over.
  private mutating func endOfPass(hasChanged: Bool) -> Step {
    guard mayShrink, hasChanged, pagesInPass > 1 else { return .finished }
    guard pass < Self.maximumPasses else { return .failed(.restlessList()) }
    pass += 1
    // What is under way ends first.
    isEager = false
    return beginPass()
  }

  private mutating func beginPass() -> Step {
    (pagesInPass, itemsInPass, emptyPages, pagesAgain) = (0, 0, 0, 0)
    cursors.removeAll()
    if let start { cursors.insert(start) }
    return request(start)
  }

  private func request(_ cursor: String?) -> Step {
    if let remaining, remaining <= 0 { return .finished }
    return .request(Request(limit: min(limit, remaining ?? limit, firstLimit ?? limit), cursor: cursor))
  }
}

extension MittrError {
  fileprivate static func endlessList(_ cause: String) -> MittrError {
    .invalidResponse("the list would never end: the server \(cause)")
  }

  fileprivate static func restlessList() -> MittrError {
    .invalidResponse(
      "the list went on changing while it was read: after \(PageWalk.maximumPasses) looks some items may be missing")
  }
}
