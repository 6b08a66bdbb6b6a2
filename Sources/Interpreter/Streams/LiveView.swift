/// Where a result is drawn again and again in the same place: a seam that a host with a terminal fills in.
public protocol LiveView: AnyObject {
  /// Shows it in place of what was shown before, with what has changed marked.
  func show(_ frame: LiveFrame) throws(Interruption)
}

/// What is drawn at one time. Both texts are safe to show, and differ in nothing but colours.
public struct LiveFrame: Sendable {
  public let plain: [String]
  public let coloured: [String]

  public init(plain: [String], coloured: [String]) {
    self.plain = plain
    self.coloured = coloured
  }
}
