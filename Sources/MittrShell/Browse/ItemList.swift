import Interpreter
import OrderedJSON

/// The items that came, which of them are shown in which order, and which of these is selected. An item is known by its
/// number: how many came before it.
struct ItemList {
  /// More are not kept.
  static let mostItems = 100_000
  /// Nor more than so many bytes of what is searched.
  static let mostBytes = 256 << 20

  private(set) var items: [BrowsedItem] = []
  /// The numbers of those that are shown.
  private(set) var shown: [Int] = []
  /// The number of the one that is selected; nil when none is shown.
  private(set) var selected: Int?
  /// Where it stands among those that are shown.
  private(set) var position = 0
  private(set) var filter = ""
  private(set) var sorting: ItemSorting?
  private var query: [UInt8] = []
  /// Of every item, while they are sorted.
  private var keys: [SortKey?] = []

  var selectedItem: BrowsedItem? { selected.map { items[$0] } }

  // MARK: What comes

  mutating func append(_ more: [BrowsedItem]) {
    let first = items.count
    items += more
    if let sorting { keys += more.map { sorting.key(of: $0.value) } }
    let found = (first..<items.count).filter { items[$0].matches(query) }
    if sorting == nil { shown += found } else { merge(sorted(found)) }
    select(selected)
  }

  /// Puts sorted ones among those that are sorted already.
  private mutating func merge(_ found: [Int]) {
    guard !found.isEmpty else { return }
    var merged: [Int] = []
    merged.reserveCapacity(shown.count + found.count)
    var rest = found[...]
    for number in shown {
      while let next = rest.first, precedes(next, number) { merged.append(rest.removeFirst()) }
      merged.append(number)
    }
    shown = merged + rest
  }

  // MARK: Which are shown

  mutating func setFilter(_ text: String) {
    let query = BrowsedItem.searchable(Array(text.utf8))
    // What has more letters fits only where fewer did.
    let isNarrower = query.starts(with: self.query)
    (filter, self.query) = (text, query)
    if isNarrower {
      shown.removeAll { !items[$0].matches(query) }
    } else {
      shown = sorted(items.indices.filter { items[$0].matches(query) })
    }
    select(selected)
  }

  mutating func sort(by sorting: ItemSorting?) {
    if sorting?.field != self.sorting?.field || sorting == nil || keys.isEmpty {
      keys = sorting.map { sorting in items.map { sorting.key(of: $0.value) } } ?? []
    }
    self.sorting = sorting
    shown = sorted(shown.sorted())
    select(selected)
  }

  private func sorted(_ numbers: [Int]) -> [Int] { sorting == nil ? numbers : numbers.sorted(by: precedes) }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    sorting?.precedes((keys[left], left), (keys[right], right)) ?? (left < right)
  }

  // MARK: Which is selected

  /// Selects what stands at a place, or as near to it as there is something.
  mutating func select(at place: Int) {
    position = max(0, min(place, shown.count - 1))
    selected = shown.isEmpty ? nil : shown[position]
  }

  /// Selects an item wherever it stands now; when it is not shown, what stands where it stood.
  private mutating func select(_ number: Int?) {
    select(at: number.flatMap { place(of: $0) } ?? position)
  }

  private func place(of number: Int) -> Int? {
    if position < shown.count, shown[position] == number { return position }
    guard sorting == nil else { return shown.firstIndex(of: number) }
    // They stand in the order of their numbers.
    var (low, high) = (0, shown.count)
    while low < high {
      let middle = (low + high) / 2
      if shown[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < shown.count && shown[low] == number ? low : nil
  }
}
