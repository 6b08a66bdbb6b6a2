/// Where a key comes from.
enum APIKeySource: Sendable, Equatable {
  case text(String)
  /// A command line for the system's shell that prints the key. It is run when a request needs the key, and not before.
  case command(String)

  /// The key, where nothing has to be run for it.
  var text: String? { if case .text(let key) = self { key } else { nil } }

  /// A key of Mittr's shows that it is one, any other shows nothing.
  var masked: String { text?.hasPrefix("mtr_") == true ? "mtr_…" : "…" }
}
