public import Interpreter

/// The user's profiles, each a server and a key: a seam that the host fills in. The keys themselves never come through it.
public protocol Profiles: AnyObject {
  /// - Throws: a failure when they cannot be read or trusted.
  func all() throws(Failure) -> [ProfileSummary]
  /// Lets the session talk to another profile's server from now on; the file stays as it is.
  /// - Returns: texts that a terminal must not show from now on.
  func use(_ name: String) throws(Failure) -> [String]
}

/// What may be told of a profile.
public struct ProfileSummary: Sendable {
  public let name: String
  /// Whether the session uses it now.
  public let isActive: Bool
  /// Nil stands for the usual server.
  public let baseURL: String?
  public let projectID: String?
  /// The key with all but its kind hidden; nil when there is none.
  public let maskedKey: String?

  public init(name: String, isActive: Bool, baseURL: String?, projectID: String?, maskedKey: String?) {
    self.name = name
    self.isActive = isActive
    self.baseURL = baseURL
    self.projectID = projectID
    self.maskedKey = maskedKey
  }
}

/// Where a session keeps its profiles.
public enum ProfilesKey: SessionKey {
  public typealias Value = any Profiles
}
