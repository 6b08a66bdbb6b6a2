/// A way to write the same JSON.
struct JSONRewriting: Hashable, Sendable {
  /// Nil for the strings as they came.
  let style: JSONStringStyle?
  /// Nil for the white space that the body came with.
  let layout: JSONLayout?
  let isSorted: Bool
  /// The place of a plan for the numbers; nil for the numbers as they came.
  var numbers: Int?

  init(_ style: JSONStringStyle?, _ layout: JSONLayout?, isSorted: Bool = false, numbers: Int? = nil) {
    self.style = style
    self.layout = layout
    self.isSorted = isSorted
    self.numbers = numbers
  }

  /// - Parameters:
  ///   - spelling: the phrase of the style.
  ///   - numbers: the phrase of the plan for the numbers.
  func phrase(spelling: String?, numbers: String?) -> String {
    let parts = [layout?.name, isSorted ? "with its keys sorted" : nil, spelling, numbers].compactMap { $0 }
    return "the same JSON " + (parts.isEmpty ? "without needless escapes" : parts.joined(separator: ", "))
  }

  /// The ways that give a text different from others', the likeliest first.
  static func all(for inventory: JSONStringInventory, shape: JSONTokens.Shape, _ extent: Extent) -> [JSONRewriting] {
    // Two styles that agree on the characters that there are, and two layouts that agree on the shape, are one.
    var styleIDs = Identifiers<JSONStringStyle, [JSONStringStyle.Form]>()
    var layoutIDs = Identifiers<JSONLayout, JSONLayout.Effect>()
    func id(_ style: JSONStringStyle) -> Int { styleIDs.id(of: style, inventory.forms(in:)) }
    func id(_ layout: JSONLayout) -> Int { layoutIDs.id(of: layout) { $0.effect(on: shape) } }
    func firsts<Item>(_ items: [Item], _ id: (Item) -> Int) -> [(item: Item, id: Int)] {
      var seen = Set<Int>()
      return items.map { ($0, id($0)) }.filter { seen.insert($0.1).inserted }
    }
    let styles = firsts(JSONStringStyle.writers, id)
    let layouts = firsts(extent.layouts, id)
    var seen = Set<Key>()
    var found = programs.filter { program in
      guard let style = program.style, let layout = program.layout else { return true }
      return seen.insert(Key(style: id(style), layout: id(layout), isSorted: program.isSorted)).inserted
    }
    let kept = JSONStringStyle.single + styles.map(\.item)
    found += firsts(kept.filter(inventory.mayChange), id).map { JSONRewriting($0.item, nil) }
    return found + combinations(styles, layouts).filter { seen.insert($0.key).inserted }.map(\.rewriting)
  }

  /// How many ways are worth their cost.
  enum Extent {
    case all
    /// What programs write, and single kinds of characters.
    case likeliest

    fileprivate var layouts: [JSONLayout] {
      switch self {
      case .all: JSONLayout.all
      case .likeliest: []
      }
    }
  }

  /// What the text depends on.
  private struct Key: Hashable {
    let style: Int
    let layout: Int
    let isSorted: Bool
  }

  /// What numbers in another spelling are tried with.
  static let basesForNumbers: [JSONRewriting] = [
    JSONRewriting(nil, nil), JSONRewriting(.plain, .minified), JSONRewriting(.ascii, .spaced),
    JSONRewriting(.plain, .twoSpaces), JSONRewriting(.plain, .spaced), JSONRewriting(.php, .minified),
    JSONRewriting(.plain, .fourSpaces),
  ]

  /// What programs write by default or when they are asked for something legible. One that is missing is one line more here.
  private static let programs: [JSONRewriting] = [
    JSONRewriting(.plain, .minified),  // JSON.stringify(x)
    JSONRewriting(.ascii, .spaced),  // json.dumps(x)
    JSONRewriting(.plain, .twoSpaces),  // JSON.stringify(x, null, 2)
    JSONRewriting(.php, .minified),  // json_encode($x)
    JSONRewriting(.plain, .spaced),  // json.dumps(x, ensure_ascii=False)
    JSONRewriting(.go, .minified, isSorted: true),  // json.Marshal of a map
    JSONRewriting(.plain, .fourSpaces),  // JSON.stringify(x, null, 4)
    JSONRewriting(.ascii, .twoSpaces),  // json.dumps(x, indent=2)
    JSONRewriting(.plain, .minified, isSorted: true),  // serde_json, jq -cS
    JSONRewriting(.ascii, .fourSpaces),  // json.dumps(x, indent=4)
    JSONRewriting(.go, .minified),  // json.Marshal of a struct
    JSONRewriting(.systemTextJSON, .minified),  // JsonSerializer.Serialize(x)
    JSONRewriting(.gson, .minified),  // new Gson().toJson(x)
    JSONRewriting(.jackson, .minified),  // mapper.writeValueAsBytes(x)
    JSONRewriting(.ascii, .minified),  // json.dumps(x, separators=(",", ":"))
    JSONRewriting(.plain, .tabs),  // JSON.stringify(x, null, "\t")
    JSONRewriting(.php, .fourSpaces),  // json_encode($x, JSON_PRETTY_PRINT)
    JSONRewriting(.foundation, .minified),  // JSONEncoder
    JSONRewriting(.ascii, .spaced, isSorted: true),  // json.dumps(x, sort_keys=True)
    JSONRewriting(.plain, .jackson),  // mapper.writerWithDefaultPrettyPrinter()
    JSONRewriting(.plain, .twoSpaces, isSorted: true),  // jq -S
    JSONRewriting(.go, .twoSpaces, isSorted: true),  // json.MarshalIndent of a map
    JSONRewriting(.foundation, .minified, isSorted: true),  // JSONEncoder, .sortedKeys
    JSONRewriting(.foundation, .foundation),  // JSONEncoder, .prettyPrinted
    JSONRewriting(.gson, .twoSpaces),  // new GsonBuilder().setPrettyPrinting()
    JSONRewriting(.systemTextJSON, .twoSpaces),  // WriteIndented
    JSONRewriting(.systemTextJSON, .twoSpacesCRLF),  // WriteIndented on Windows
  ]

  /// A combination with a larger product is one of nobody's: it is tried only where the text's length tells it.
  private static let lastRank = 128

  /// The combinations, by the product of their parts' places.
  private static func combinations(
    _ styles: [(item: JSONStringStyle, id: Int)], _ layouts: [(item: JSONLayout, id: Int)]
  ) -> [(key: Key, rewriting: JSONRewriting)] {
    var ranked: [(rank: Int, style: Int, layout: Int, isSorted: Bool)] = []
    for style in styles.indices {
      for layout in layouts.indices {
        for isSorted in [false, true] {
          let rank = (style + 1) * (layout + 1) * (isSorted ? 3 : 1)
          if rank <= lastRank { ranked.append((rank, style, layout, isSorted)) }
        }
      }
    }
    // Those of one rank stay in their order.
    ranked.sort { ($0.rank, $0.style, $0.layout) < ($1.rank, $1.style, $1.layout) }
    return ranked.map { _, style, layout, isSorted in
      (
        Key(style: styles[style].id, layout: layouts[layout].id, isSorted: isSorted),
        JSONRewriting(styles[style].item, layouts[layout].item, isSorted: isSorted)
      )
    }
  }
}

/// Numbers for items, the same for those that do the same.
private struct Identifiers<Item: Hashable, Effect: Hashable> {
  private var known: [Item: Int] = [:]
  private var ids: [Effect: Int] = [:]

  mutating func id(of item: Item, _ effect: (Item) -> Effect) -> Int {
    if let id = known[item] { return id }
    let effect = effect(item)
    let id = ids[effect] ?? ids.count
    ids[effect] = id
    known[item] = id
    return id
  }
}
