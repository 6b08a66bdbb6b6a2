import OrderedJSON

extension Session {
  /// What a person sees of a result that is drawn in place, and what a script gets of it.
  struct RenderedRound {
    let bytes: [UInt8]
    let frame: LiveFrame
  }

  /// Renders a result without showing it.
  /// - Parameter isLive: whether it is drawn in place.
  func renderedRound(_ output: Output, isLive: Bool) async throws(Interruption) -> RenderedRound? {
    let (items, value, kind): ([JSONValue], JSONValue?, ItemKind?)
    switch output {
    case .nothing: return nil
    case .value(let single, let singleKind): (items, value, kind) = ([], single, singleKind)
    case .stream(let stream): (items, value, kind) = (try await stream.collect(), nil, stream.kind)
    }
    func rendered(isColoured: Bool) throws(Interruption) -> [UInt8] {
      var options = rendering.isForPeople ? recordText.options : rendering
      options.isColoured = isColoured
      let sink = KeepingSink()
      let renderer = Renderer(options, to: sink)
      if let value {
        try renderer.show(value, kind: kind)
      } else {
        try renderer.begin(kind)
        for item in items { try renderer.item(item) }
        try renderer.end()
      }
      return sink.bytes
    }
    let coloured = try rendered(isColoured: rendering.isColoured)
    guard isLive else { return RenderedRound(bytes: coloured, frame: LiveFrame(plain: [], coloured: [])) }
    let plain = rendering.isColoured ? try rendered(isColoured: false) : coloured
    return RenderedRound(
      bytes: coloured, frame: LiveFrame(plain: Self.lines(plain), coloured: Self.lines(coloured)))
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    var lines = bytes.split(separator: .lineFeed, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Keeps what is written. One task uses it at a time.
private final class KeepingSink: ByteSink, @unchecked Sendable {
  private(set) var bytes: [UInt8] = []

  func write(_ bytes: [UInt8]) { self.bytes += bytes }
}
