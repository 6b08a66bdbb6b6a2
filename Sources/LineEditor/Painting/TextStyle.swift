/// How text looks on a terminal: what Select Graphic Rendition can say of it.
public struct TextStyle: Sendable, Hashable {
  /// The parameters, such as 31 for red or 1 for bold, in their order; none is plain text.
  public let parameters: [UInt8]

  public init(_ parameters: UInt8...) { self.parameters = parameters }

  static let dim = TextStyle(2)
  static let inverse = TextStyle(7)

  /// The text in this style, and what follows plain.
  func applied(to text: String) -> String {
    guard !parameters.isEmpty, !text.isEmpty else { return text }
    return "\u{1B}[\(parameters.map { "\($0)" }.joined(separator: ";"))m\(text)\u{1B}[0m"
  }
}
