import OrderedJSON
import Synchronization

/// Recently seen items, for completion: of the newest records of each kind what a table shows first, and what such
/// records look like. Bounded, whatever passes by.
public final class RecentItems: Sendable {
  /// What is kept of a record: the texts of the columns of its kind.
  struct Row: Sendable, Equatable {
    let fields: [String: String]
    var identifier: String? { fields["id"] }
  }

  private struct Bucket: Sendable {
    /// The newest first.
    var rows: [Row] = []
    /// All fields that were seen, in one record.
    var outline = JSONValue.null
    var values = SeenValues()
  }

  /// How many records of a kind are kept, and how many items of one stream are looked at.
  static let limit = 200
  /// How much of an item is looked at, in bytes.
  private static let budget = 64 << 10
  private static let maximumBuckets = 50

  private let buckets = Mutex<[String: Bucket]>([:])

  private let mask: SecretMask

  /// - Parameter mask: what it hides is not kept as a value of a field.
  public init(mask: SecretMask = SecretMask()) { self.mask = mask }

  /// Under which name the records of a command are kept: their kind's, or the command's own where they have none.
  static func name(of command: Command) -> String? {
    command.itemKind?.name ?? (command.input == .none ? command.name : nil)
  }

  /// Looks at what a command yields, as it passes by.
  func watch(_ output: Output, of command: Command) {
    guard let name = Self.name(of: command) else { return }
    switch output {
    case .nothing: break
    case .value(let value, _): note(value, under: name, command.itemKind, place: 0)
    case .stream(let stream):
      var place = 0
      stream.note = { [self] item in
        guard place < Self.limit else { return }
        note(item, under: name, command.itemKind, place: place)
        place += 1
      }
    }
  }

  private func note(_ item: JSONValue, under name: String, _ kind: ItemKind?, place: Int) {
    guard case .object = item else { return }
    let outline = item.outline(budget: Self.budget)
    let fields = (kind?.columns ?? []).compactMap { column in outline[column]?.scalarText.map { (column, $0) } }
    let row = Row(fields: Dictionary(fields) { first, _ in first })
    buckets.withLock { buckets in
      guard buckets[name] != nil || buckets.count < Self.maximumBuckets else { return }
      var bucket = buckets.removeValue(forKey: name) ?? Bucket()
      // What has no kind may be something else each time.
      if kind == nil, place == 0 { bucket = Bucket() }
      bucket.outline = bucket.outline.merged(with: outline)
      bucket.values.note(outline) { mask.masked($0) == $0 }
      if let identifier = row.identifier {
        bucket.rows.removeAll { $0.identifier == identifier }
        bucket.rows.insert(row, at: min(place, bucket.rows.count))
        if bucket.rows.count > Self.limit { bucket.rows.removeLast() }
      }
      buckets[name] = bucket
    }
  }

  /// The records of a kind, the newest first.
  func rows(_ kind: ItemKind) -> [Row] { buckets.withLock { $0[kind.name]?.rows ?? [] } }

  /// What the records under a name look like; null when none was seen.
  func outline(_ name: String) -> JSONValue { buckets.withLock { $0[name]?.outline ?? .null } }

  /// The scalars that the records under a name held.
  func values(_ name: String) -> SeenValues { buckets.withLock { $0[name]?.values ?? SeenValues() } }
}

extension JSONValue {
  private static var mostMergedKeys: Int { 400 }

  /// The text of a scalar; nil for null, lists and records.
  fileprivate var scalarText: String? {
    switch self {
    case .null, .array, .object: nil
    case .string, .number, .bool: text
    }
  }

  /// Both shapes in one: all keys of both, down to the same depth. Both are outlines, which are not deep.
  func merged(with other: JSONValue) -> JSONValue {
    switch (self, other) {
    case (.object(let own), .object(let others)):
      var merged = own
      var count = own.count
      for (key, value) in others {
        if let known = merged[key] {
          if value.isContainer { merged[key] = known.merged(with: value) }
        } else if count < Self.mostMergedKeys {
          merged[key] = value
          count += 1
        }
      }
      return .object(merged)
    case (.array(let own), .array(let others)):
      guard let first = own.first ?? others.first else { return self }
      return .array([(own.dropFirst() + others).reduce(first) { $0.merged(with: $1) }])
    case (.object, _), (.array, _): return self
    default: return other.isNull ? self : other
    }
  }

  var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }
}
