public import Interpreter
public import MittrSDK

/// The user's profiles, each a server and a key: a seam that the host fills in. No key ever comes out of it.
public protocol Profiles: AnyObject {
  /// - Throws: a failure when they cannot be read or trusted.
  func all() throws(Failure) -> [ProfileSummary]
  /// Lets the session talk to another profile's server from now on; the file stays as it is.
  /// - Returns: texts that a terminal must not show from now on.
  func use(_ name: String) throws(Failure) -> [String]
  /// A client of a profile's server beside the session's own. The caller shuts it down.
  func connect(_ name: String) async throws(Failure) -> Mittr
  /// The same for a profile that is not in the file yet.
  func connect(_ draft: ProfileDraft) async throws(Failure) -> Mittr
  /// The path of the file; nil where there is none and can be none.
  var place: String? { get }
  /// Adds a profile to the file, which is made if there is none.
  /// - Throws: `profile-exists` for a name that is there.
  func add(_ draft: ProfileDraft) throws(Failure)
  /// Makes a profile the usual one, in the file.
  func setDefault(_ name: String) throws(Failure)
  /// Takes a profile out of the file.
  /// - Returns: whether it was the usual one; there is none afterwards.
  func remove(_ name: String) throws(Failure) -> Bool
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

/// A profile that is to be added.
public struct ProfileDraft: Sendable {
  public let name: String
  /// Either this or `apiKeyCommand`.
  public var apiKey: String?
  /// A command line for the system's shell that prints the key.
  public var apiKeyCommand: String?
  /// Nil stands for the usual server.
  public var baseURL: String?
  public var projectID: String?
  /// A PEM file with the authorities to trust.
  public var caFile: String?

  public init(name: String) { self.name = name }
}

/// Where a session keeps its profiles.
public enum ProfilesKey: SessionKey {
  public typealias Value = any Profiles
}
