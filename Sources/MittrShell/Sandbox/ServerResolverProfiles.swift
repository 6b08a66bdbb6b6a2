import Interpreter
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
        projectID: profile.projectID, maskedKey: profile.apiKey.map(Self.masked))
    }
    guard !profiles.contains(where: { $0.name == ServerResolver.sandboxName }) else { return summaries }
    return summaries + [
      ProfileSummary(
        name: ServerResolver.sandboxName, isActive: isOnSandbox, baseURL: nil, projectID: nil, maskedKey: nil)
    ]
  }

  private var isOnSandbox: Bool { if case .sandbox = resolver.target { true } else { false } }

  func use(_ name: String) throws(Failure) -> [String] {
    // A profile of the file's goes before the sandbox of that name.
    let inFile = isRead ? try file?.profiles() ?? [] : []
    let isInFile = inFile.contains { $0.name == name }
    if name == ServerResolver.sandboxName, !isInFile {
      resolver.useSandbox()
      return []
    }
    guard let profile = try readableFile()?.profile(name) else {
      throw Failure("no-such-profile", "there is no profile '\(name)'")
    }
    try resolver.use(profile)
    return profile.apiKey.map { [$0] } ?? []
  }

  private func readableFile() throws(Failure) -> ConfigurationFile? {
    guard isRead else {
      throw Failure("no-configuration", "no profile can be read", help: "leave out --no-config")
    }
    return file
  }

  /// A key of Mittr's shows that it is one, any other shows nothing.
  private static func masked(_ key: String) -> String { key.hasPrefix("mtr_") ? "mtr_…" : "…" }
}
