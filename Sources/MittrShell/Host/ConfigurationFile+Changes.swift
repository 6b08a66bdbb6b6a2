import Interpreter
import ShellCommands

/// Changes of the file. Each writes it anew as a whole, for its owner alone, with all lines that are not concerned as they
/// were.
extension ConfigurationFile {
  /// Adds a profile.
  /// - Throws: a failure when there is one of that name, or the file cannot be read or written.
  func add(_ profile: ProfileDraft) throws(Failure) {
    try change { text, contents throws(Failure) in
      guard !contents.profiles.contains(where: { $0.name == profile.name }) else {
        throw Failure(
          "profile-exists", "there is a profile '\(profile.name)' in \(path) already",
          help: "profile remove \(profile.name) takes it out")
      }
      text.addProfile(profile.name, profile.settings)
      contents.profiles.append(self.profile(profile))
      contents.profiles.sort { $0.name < $1.name }
    }
  }

  /// What a draft says once it stands in the file.
  func profile(_ draft: ProfileDraft) -> Profile {
    Profile(
      name: draft.name, apiKey: draft.apiKey.map { .text($0) } ?? draft.apiKeyCommand.map { .command($0) },
      baseURL: draft.baseURL, projectID: draft.projectID, caFile: draft.caFile.map(absolute))
  }

  /// Names the profile that is used when none is asked for.
  func setUsual(_ name: String) throws(Failure) {
    try change { text, contents throws(Failure) in
      guard contents.profiles.contains(where: { $0.name == name }) else {
        throw Self.noProfile(name, in: path, contents)
      }
      text.setUsual(name)
      contents.usual = name
    }
  }

  /// Takes a profile out. If it was the usual one there is none afterwards.
  /// - Returns: whether it was.
  func remove(_ name: String) throws(Failure) -> Bool {
    var wasUsual = false
    try change { text, contents throws(Failure) in
      guard contents.profiles.contains(where: { $0.name == name }) else {
        throw Self.noProfile(name, in: path, contents)
      }
      text.removeProfile(name)
      contents.profiles.removeAll { $0.name == name }
      guard contents.usual == name else { return }
      text.setUsual(nil)
      contents.usual = nil
      wasUsual = true
    }
    return wasUsual
  }

  /// - Parameter body: changes the text, and says what it is to say then. A text that says anything else is not written:
  ///   there is more to TOML than a change of lines knows of.
  private func change(
    _ body: (inout ConfigurationText, inout Contents) throws(Failure) -> Void
  ) throws(Failure) {
    let lock = try NameLock(path)
    defer { lock?.release() }
    let before = try text() ?? ""
    var text = ConfigurationText(before)
    var wanted = try contents(of: before)
    try body(&text, &wanted)
    guard let got = try? contents(of: text.text), got == wanted, text.text.utf8.count <= Self.largestFile else {
      throw Failure(
        .badConfiguration, "\(path) is written in a way that this cannot change", help: "change it in your editor")
    }
    try PrivateFile.write(Array(text.text.utf8), to: path)
  }
}

extension ProfileDraft {
  fileprivate var settings: [(key: String, value: String)] {
    let all = [
      ("api_key", apiKey), ("api_key_command", apiKeyCommand), ("base_url", baseURL), ("project_id", projectID),
      ("ca_file", caFile),
    ]
    return all.compactMap { key, value in value.map { (key, $0) } }
  }
}
