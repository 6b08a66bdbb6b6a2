import Interpreter
import TOMLKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The user's profiles: `$XDG_CONFIG_HOME/mittr/config.toml`, by default under `~/.config`.
///
///     profile = "staging"          # what is used without --profile
///     [profiles.staging]
///     api_key = "mtr_…"
///     base_url = "https://mittr.example.com"
///     project_id = "prj_1"
///
/// It holds keys, so nobody but its owner may be able to read it.
struct ConfigurationFile {
  struct Profile: Sendable {
    var name: String
    var apiKey: String?
    var baseURL: String?
    var projectID: String?
  }

  let path: String

  init?(_ environment: [String: String]) {
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      path = folder + "/mittr/config.toml"
    } else if let home = environment["HOME"], !home.isEmpty {
      path = home + "/.config/mittr/config.toml"
    } else {
      return nil
    }
  }

  /// The profile of this name, or the one the file names as the usual one.
  /// - Parameter name: nil for the usual one.
  /// - Returns: nil when no name is given and the file names none or does not exist.
  /// - Throws: a failure when the file cannot be read or trusted, is no TOML, or has no such profile. No message quotes
  ///   the file, since it holds keys.
  func profile(_ name: String?) throws(Failure) -> Profile? {
    guard let text = try text() else {
      guard let name else { return nil }
      throw Failure("no-such-profile", "there is no profile '\(name)'", help: "\(path) does not exist")
    }
    let table = try parsed(text)
    guard let name = name ?? table["profile"]?.string else { return nil }
    guard let profiles = table["profiles"]?.table, let profile = profiles[name]?.table else {
      let near = Suggestion.nearest(to: name, among: table["profiles"]?.table?.keys ?? [])
      throw Failure(
        "no-such-profile", "there is no profile '\(name)' in \(path)", help: near.map { "did you mean \($0)?" })
    }
    return Profile(name, profile)
  }

  /// All profiles, by name; none when the file does not exist.
  /// - Throws: as `profile`.
  func profiles() throws(Failure) -> [Profile] {
    guard let text = try text(), let profiles = try parsed(text)["profiles"]?.table else { return [] }
    return profiles.keys.sorted().compactMap { name in profiles[name]?.table.map { Profile(name, $0) } }
  }

  private func parsed(_ text: String) throws(Failure) -> TOMLTable {
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw Failure("bad-configuration", "\(path), line \(error.source.begin.line): this is not TOML")
    } catch {
      throw Failure("bad-configuration", "\(path): this is not TOML")
    }
  }

  /// Nil when there is no such file.
  private func text() throws(Failure) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Failure("file-error", "cannot read \(path): \(String(cString: strerror(errno)))")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw Failure(
        "bad-configuration", "\(path) holds keys, but others may read it", help: "chmod 600 \(path)")
    }
    guard let text = String(validating: try HostFiles().read(path), as: UTF8.self) else {
      throw Failure("bad-configuration", "\(path) is not UTF-8 text")
    }
    return text
  }
}

extension ConfigurationFile.Profile {
  fileprivate init(_ name: String, _ table: TOMLTable) {
    self.name = name
    apiKey = table["api_key"]?.string
    baseURL = table["base_url"]?.string
    projectID = table["project_id"]?.string
  }
}
