/// Headers that concern one connection (RFC 9110, 7.6.1), and those that are made anew for each.
package enum HopByHopHeaders {
  private static let names: Set<String> = [
    "connection", "content-length", "expect", "host", "keep-alive", "proxy-authenticate", "proxy-authorization",
    "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
  ]

  /// - Parameter name: in any case.
  package static func contain(_ name: String) -> Bool { names.contains(name.lowercased()) }

  /// The headers that are passed on: neither those, nor what `Connection` names.
  /// - Parameter keeping: one of those names that is passed on all the same, in lower case.
  package static func removed(
    from headers: [(name: String, value: String)], keeping: String? = nil
  ) -> [(name: String, value: String)] {
    var dropped = names.union(
      headers.filter { $0.name.lowercased() == "connection" }.flatMap { $0.value.split(separator: ",") }
        .map { $0.lowercased().filter { $0 != " " && $0 != "\t" } })
    if let keeping { dropped.remove(keeping) }
    return headers.filter { !dropped.contains($0.name.lowercased()) }
  }
}
