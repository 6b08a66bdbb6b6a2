import Basics

/// A client can be logged: neither the key nor what is made of it is shown.
extension Mittr: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Such as `Mittr(https://app.mittr.io)`, with the project behind the address if there is one.
  public var description: String {
    let place = baseURL ?? "no usable base URL"
    guard let projectID else { return "Mittr(\(place))" }
    return "Mittr(\(place), project \(SafeText.escaped(projectID, limit: 100)))"
  }

  public var debugDescription: String { description }

  public var customMirror: Mirror {
    Mirror(self, children: ["baseURL": baseURL as Any, "projectID": projectID as Any])
  }
}
