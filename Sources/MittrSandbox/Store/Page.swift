import GRDB
import OrderedJSON

/// One page of a list, newest first, whose items are JSON texts already.
struct Page: Sendable {
  let items: [String]
  /// Where the next page starts; nil when this is the last.
  let next: PageCursor?
  /// How many rows the whole list has. Only a first page counts them, since counting costs more than reading a page.
  let total: Int?

  static let defaultLimit = 50
  static let maximumLimit = 100

  /// `{"data": […], "pagination": {"hasMore", "cursor", "total"?}}`; the cursor of the last page is null.
  var json: [UInt8] {
    var pagination = JSONObjectBuilder()
    pagination.add("hasMore", next != nil)
    pagination.add("cursor", next.map { .string($0.text) } ?? JSONValue.null)
    if let total { pagination.add("total", total) }
    var page = JSONObjectBuilder()
    page.add("data", texts: items)
    page.add("pagination", object: pagination.bytes)
    return page.bytes
  }
}

/// Which rows of a table a list wants, and from where on.
struct PageQuery: Sendable {
  /// Conditions joined by AND, each with one `?`.
  var conditions: [String] = []
  var arguments: [any DatabaseValueConvertible & Sendable] = []
  var limit = Page.defaultLimit
  var cursor: PageCursor?

  mutating func require(_ condition: String, _ argument: any DatabaseValueConvertible & Sendable) {
    conditions.append(condition)
    arguments.append(argument)
  }

  /// Reads one page.
  /// - Parameters:
  ///   - columns: selected after `created_at` and `sequence`.
  ///   - item: makes an item of a row whose columns start at index 2.
  func fetch(
    _ db: Database, columns: String, from table: String, item: (Row) throws -> String
  ) throws -> Page {
    var (conditions, arguments) = (conditions, arguments)
    let total = try cursor == nil ? count(db, in: table) : nil
    if let cursor {
      conditions.append("(created_at, sequence) < (?, ?)")
      arguments += [cursor.createdAt, cursor.sequence]
    }
    let statement = try db.cachedStatement(
      sql: """
        SELECT created_at, sequence, \(columns) FROM \(table) \(Self.filter(conditions))
        ORDER BY created_at DESC, sequence DESC LIMIT ?
        """)
    let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments + [limit + 1]))
    var items: [String] = []
    items.reserveCapacity(limit)
    var last: PageCursor?
    while let row = try rows.next() {
      guard items.count < limit else { return Page(items: items, next: last, total: total) }
      items.append(try item(row))
      last = PageCursor(createdAt: row[0], sequence: row[1])
    }
    return Page(items: items, next: nil, total: total)
  }

  private func count(_ db: Database, in table: String) throws -> Int {
    let statement = try db.cachedStatement(sql: "SELECT COUNT(*) FROM \(table) \(Self.filter(conditions))")
    return try Int.fetchOne(statement, arguments: StatementArguments(arguments)) ?? 0
  }

  private static func filter(_ conditions: [String]) -> String {
    conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
  }
}
