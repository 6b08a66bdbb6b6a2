import Interpreter
import MittrSDK
import ShellCommands

/// The configuration file's profiles, for the commands that list and switch them.
final class ServerResolverProfiles: Profiles {
  private let resolver: ServerResolver
  private let file: ConfigurationFile?
  private let isRead: Bool

  /// - Parameter isRead: whether the configuration file may be read at all.
  init(_ resolver: ServerResolver, _ environment: [String: String], isRead: Bool) {
    self.resolver = resolver
    self.isRead = isRead
    file = ConfigurationFile(environment)
  }

  func all() throws(Failure) -> [ProfileSummary] {
    let profiles = try readableFile()?.profiles() ?? []
    let summaries = profiles.map { profile in
      ProfileSummary(
        name: profile.name, isActive: profile.name == resolver.profileName, baseURL: profile.baseURL,
        projectID: profile.projectID, maskedKey: profile.apiKey?.masked)
    }
    guard !profiles.contains(where: { $0.name == ServerResolver.sandboxName }) else { return summaries }
    return summaries + [
      ProfileSummary(
        name: ServerResolver.sandboxName, isActive: isOnSandbox, baseURL: resolver.sandboxURL, projectID: nil,
        maskedKey: APIKeySource.text(ServerResolver.sandboxKey).masked)
    ]
  }

  private var isOnSandbox: Bool { if case .sandbox = resolver.target { true } else { false } }

  func use(_ name: String) throws(Failure) -> [String] {
    if name == ServerResolver.sandboxName, try !isInFile(name) {
      resolver.useSandbox()
      return []
    }
    guard let profile = try readableFile()?.profile(name) else {
      throw Failure.noProfile(name)
    }
    try resolver.use(profile)
    return [profile.apiKey?.text].compactMap { $0 }
  }

  /// A profile of the file's goes before the sandbox of that name.
  private func isInFile(_ name: String) throws(Failure) -> Bool {
    let inFile = isRead ? try file?.profiles() ?? [] : []
    return inFile.contains { $0.name == name }
  }

  // MARK: Trying

  func connect(_ name: String) async throws(Failure) -> Mittr {
    if name == ServerResolver.sandboxName, try !isInFile(name) { return try await resolver.clientOfSandbox() }
    guard let profile = try readableFile()?.profile(name) else { throw Failure.noProfile(name) }
    return try await resolver.client(of: profile)
  }

  func connect(_ draft: ProfileDraft) async throws(Failure) -> Mittr {
    try await resolver.client(of: try writableFile().profile(draft))
  }

  // MARK: Changes of the file

  var place: String? { isRead ? file?.path : nil }

  func add(_ draft: ProfileDraft) throws(Failure) { try writableFile().add(draft) }

  func setDefault(_ name: String) throws(Failure) { try writableFile().setUsual(name) }

  func remove(_ name: String) throws(Failure) -> Bool { try writableFile().remove(name) }

  private func readableFile() throws(Failure) -> ConfigurationFile? {
    guard isRead else {
      throw Failure("no-configuration", "no profile can be read", help: "leave out --no-config")
    }
    return file
  }

  private func writableFile() throws(Failure) -> ConfigurationFile {
    guard let file = try readableFile() else {
      throw Failure("no-configuration", "there is no place for a configuration file", help: "HOME is not set")
    }
    return file
  }
}
