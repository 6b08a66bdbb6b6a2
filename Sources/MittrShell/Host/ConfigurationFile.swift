import Basics
import Interpreter
import TOMLKit

/// The user's profiles: `$XDG_CONFIG_HOME/mittr/config.toml`, by default under `~/.config`.
///
///     profile = "staging"          # what is used without --profile
///     [profiles.staging]
///     api_key = "mtr_…"
///     base_url = "https://mittr.example.com"
///     project_id = "prj_1"
///     ca_file = "company.pem"      # the authorities to trust for this server, in place of the system's
///
/// A `ca_file` that is no absolute path lies beside the file; `~/` is the home folder.
///
/// It holds keys, so nobody but its owner may be able to read it.
struct ConfigurationFile {
  struct Profile: Sendable {
    var name: String
    var apiKey: String?
    var baseURL: String?
    var projectID: String?
    /// The path of a PEM file with the authorities to trust.
    var caFile: String?
    /// What the file says that means nothing: most often a misspelling.
    var warnings: [String] = []
  }

  private static let keys = ["api_key", "base_url", "project_id", "ca_file"]
  private static let topKeys = ["profile", "profiles"]
  /// A larger file holds something else than profiles, in bytes.
  private static let largestFile = 1 << 20

  let path: String
  private let home: String?

  init?(_ environment: [String: String]) {
    home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
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
    let usual = try string("profile", in: table)
    guard let name = name ?? usual else { return nil }
    let profiles = try self.profiles(in: table)
    guard let profile = profiles.first(where: { $0.name == name }) else {
      let near = Suggestion.nearest(to: name, among: profiles.map { $0.name })
      throw Failure(
        "no-such-profile", "there is no profile '\(name)' in \(path)", help: near.map { "did you mean \($0)?" })
    }
    return profile
  }

  /// All profiles, by name; none when the file does not exist.
  /// - Throws: as `profile`.
  func profiles() throws(Failure) -> [Profile] {
    guard let text = try text() else { return [] }
    return try profiles(in: try parsed(text))
  }

  private func profiles(in table: TOMLTable) throws(Failure) -> [Profile] {
    let warnings = unknown(table, Self.topKeys, "")
    guard let value = table["profiles"] else { return [] }
    guard let tables = value.table else { throw wrongType("profiles", "a table") }
    var profiles: [Profile] = []
    for name in tables.keys.sorted() {
      guard let table = tables[name]?.table else { throw wrongType("profiles.\(name)", "a table") }
      profiles.append(
        Profile(
          name: name, apiKey: try string("api_key", in: table), baseURL: try string("base_url", in: table),
          projectID: try string("project_id", in: table), caFile: try string("ca_file", in: table).map(absolute),
          warnings: warnings + unknown(table, Self.keys, " in the profile '\(name)'")))
    }
    return profiles
  }

  /// The text of a key; nil when it is not there.
  private func string(_ key: String, in table: TOMLTable) throws(Failure) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else { throw wrongType(key, "text in quotes") }
    return text
  }

  private func absolute(_ name: String) -> String {
    if name.hasPrefix("/") { return name }
    if name.hasPrefix("~/"), let home { return home + name.dropFirst() }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    return folder + name
  }

  private func wrongType(_ key: String, _ what: String) -> Failure {
    Failure("bad-configuration", "\(path): \(key) should be \(what)")
  }

  private func unknown(_ table: TOMLTable, _ known: [String], _ place: String) -> [String] {
    table.keys.filter { !known.contains($0) }.sorted().map { key in
      let near = Suggestion.nearest(to: key, among: known)
      return "\(path): there is no setting '\(key)'\(place)" + (near.map { "; did you mean \($0)?" } ?? "")
    }
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
    guard let file = try opened() else { return nil }
    defer { file.close() }
    guard file.status.st_size <= Self.largestFile else {
      throw Failure("bad-configuration", "\(path) is larger than \(Self.largestFile >> 20) MiB")
    }
    guard file.status.st_mode & 0o077 == 0 else {
      throw Failure(
        "bad-configuration", "\(path) holds keys, but others may read it", help: "chmod 600 \(path)")
    }
    let bytes: [UInt8]
    do throws(OwnFileError) {
      bytes = try file.read(at: 0, count: Int(file.status.st_size))
    } catch {
      throw Failure(.fileError, "cannot read \(path): \(error.text)")
    }
    guard let text = String(validating: TextDecoder.decoded(bytes), as: UTF8.self) else {
      throw Failure("bad-configuration", "\(path) is not UTF-8 text")
    }
    return text
  }

  /// The file, if it belongs to this user: another writer could send the keys elsewhere.
  private func opened() throws(Failure) -> OwnFile? {
    do throws(OwnFileError) {
      return try OwnFile(path, O_RDONLY)
    } catch {
      switch error {
      case .system(ENOENT), .system(ENOTDIR): return nil
      case .system: throw Failure(.fileError, "cannot read \(path): \(error.text)")
      case .notARegularFile: throw Failure("bad-configuration", "\(path) is not a file")
      case .foreignOwner, .danglingLink: throw Failure("bad-configuration", "\(path) is not read: \(error.text)")
      }
    }
  }
}
