/// A way to write the same JSON.
struct JSONRewriting: Hashable {
  let style: JSONStringStyle
  /// Nil for the white space that the body came with.
  let layout: JSONLayout?
  let isSorted: Bool

  init(_ style: JSONStringStyle, _ layout: JSONLayout?, isSorted: Bool = false) {
    self.style = style
    self.layout = layout
    self.isSorted = isSorted
  }

  var phrase: String {
    let parts = [layout?.name, isSorted ? "with its keys sorted" : nil].compactMap { $0 } + style.phrases
    return "the same JSON " + parts.joined(separator: ", ")
  }

  /// The ways that give a text different from others', the likeliest first.
  static func all(for features: JSONTokens.Features) -> [JSONRewriting] {
    var seen = Set<JSONRewriting>()
    let single = JSONStringStyle.single.filter { style in
      style.slashes != .kept && features.contains(.slashes)
        || style.nonASCII != .kept && features.contains(.nonASCII)
        || style.markup != .kept && features.contains(.markup)
    }
    let ways =
      (programs + combinations).map { JSONRewriting(reduced($0.style, to: features), $0.layout, isSorted: $0.isSorted) }
    let (likely, others) = (ways.prefix(programs.count), ways.dropFirst(programs.count))
    return (likely + single.map { JSONRewriting($0, nil) } + others).filter { seen.insert($0).inserted }
  }

  /// The style with nothing said of what a text does not have.
  private static func reduced(_ style: JSONStringStyle, to features: JSONTokens.Features) -> JSONStringStyle {
    var style = style
    if !features.contains(.slashes) { style.slashes = .plain }
    if !features.contains(.nonASCII) { style.nonASCII = .plain }
    if !features.contains(.markup) { style.markup = .plain }
    if style.nonASCII != .escaped && style.markup != .escaped { style.isUppercase = false }
    return style
  }

  /// What programs write by default or when they are asked for something legible.
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
    JSONRewriting(.ascii, .minified),  // json.dumps(x, separators=(",", ":"))
    JSONRewriting(.plain, .tabs),  // JSON.stringify(x, null, "\t")
    JSONRewriting(.php, .fourSpaces),  // json_encode($x, JSON_PRETTY_PRINT)
    JSONRewriting(.foundation, .minified),  // JSONEncoder
    JSONRewriting(.ascii, .spaced, isSorted: true),  // json.dumps(x, sort_keys=True)
    JSONRewriting(.plain, .twoSpaces, isSorted: true),  // jq -S
    JSONRewriting(.go, .twoSpaces, isSorted: true),  // json.MarshalIndent of a map
    JSONRewriting(.foundation, .minified, isSorted: true),  // JSONEncoder, .sortedKeys
    JSONRewriting(.foundation, .foundation),  // JSONEncoder, .prettyPrinted
  ]

  /// Every combination, by the product of its parts' places.
  private static let combinations: [JSONRewriting] = {
    var ranked: [(rank: Int, rewriting: JSONRewriting)] = []
    for (styleRank, style) in JSONStringStyle.whole.enumerated() {
      for (layoutRank, layout) in JSONLayout.all.enumerated() {
        for isSorted in [false, true] {
          let rank = (styleRank + 1) * (layoutRank + 1) * (isSorted ? 3 : 1)
          ranked.append((rank, JSONRewriting(style, layout, isSorted: isSorted)))
        }
      }
    }
    return ranked.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map { $0.element.rewriting }
  }()
}
