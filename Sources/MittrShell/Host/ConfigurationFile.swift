import Basics
import Interpreter
import ShellCommands
import TOMLKit

/// The user's profiles: `$XDG_CONFIG_HOME/mittr/config.toml`, by default under `~/.config`.
///
///     profile = "staging"          # what is used without --profile
///     [profiles.staging]
///     api_key = "mtr_…"
///     base_url = "https://mittr.example.com"
///     project_id = "prj_1"
///     ca_file = "company.pem"      # the authorities to trust for this server, in place of the system's
///     [profiles.live]
///     api_key_command = "pass show mittr/live"     # in place of api_key
///
/// A `ca_file` that is no absolute path lies beside the file; `~/` is the home folder.
///
/// It holds keys, so nobody but its owner may be able to read it.
struct ConfigurationFile {
  struct Profile: Sendable, Equatable {
    var name: String
    var apiKey: APIKeySource?
    var baseURL: String?
    var projectID: String?
    /// The path of a PEM file with the authorities to trust.
    var caFile: String?
  }

  /// What the whole file says.
  struct Contents: Equatable {
    /// The name of the usual profile.
    var usual: String?
    /// By name.
    var profiles: [Profile] = []
  }

  private static let keys = ["api_key", "api_key_command", "base_url", "project_id", "ca_file"]
  private static let topKeys = ["profile", "profiles"]
  /// A larger file holds something else than profiles, in bytes.
  static let largestFile = 1 << 20

  let path: String
  private let home: String?

  init?(_ environment: [String: String]) {
    guard let folder = ConfigurationFolder(environment) else { return nil }
    home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    path = folder.place(of: "config.toml")
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
    let contents = try self.contents(of: text)
    guard let name = name ?? contents.usual else { return nil }
    guard let profile = contents.profiles.first(where: { $0.name == name }) else {
      throw Self.noProfile(name, in: path, contents)
    }
    return profile
  }

  /// All profiles, by name; none when the file does not exist.
  /// - Throws: as `profile`.
  func profiles() throws(Failure) -> [Profile] {
    guard let text = try text() else { return [] }
    return try contents(of: text).profiles
  }

  /// What a text says that is, or is to be, this file's. A setting that means nothing is an error: a misspelt `base_url`
  /// would send a key to another server.
  func contents(of text: String) throws(Failure) -> Contents {
    let table = try parsed(text)
    try refuseUnknown(table, Self.topKeys, "")
    var contents = Contents(usual: try string("profile", in: table))
    guard let value = table["profiles"] else { return contents }
    guard let tables = value.table else { throw wrongType("profiles", "a table") }
    for name in tables.keys.sorted() {
      guard let table = tables[name]?.table else { throw wrongType("profiles.\(name)", "a table") }
      contents.profiles.append(try profile(name, table))
    }
    return contents
  }

  private func profile(_ name: String, _ table: TOMLTable) throws(Failure) -> Profile {
    try refuseUnknown(table, Self.keys, " in the profile '\(name)'")
    let key = try string("api_key", in: table)
    let command = try string("api_key_command", in: table)
    guard key == nil || command == nil else {
      throw Failure(
        .badConfiguration, "\(path): the profile '\(name)' has both api_key and api_key_command", help: "keep one")
    }
    return Profile(
      name: name, apiKey: key.map { .text($0) } ?? command.map { .command($0) },
      baseURL: try string("base_url", in: table), projectID: try string("project_id", in: table),
      caFile: try string("ca_file", in: table).map(absolute))
  }

  /// The text of a key; nil when it is not there.
  private func string(_ key: String, in table: TOMLTable) throws(Failure) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else { throw wrongType(key, "text in quotes") }
    return text
  }

  func absolute(_ name: String) -> String {
    if name.hasPrefix("/") { return name }
    if name.hasPrefix("~/"), let home { return home + name.dropFirst() }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    return folder + name
  }

  private func wrongType(_ key: String, _ what: String) -> Failure {
    Failure(.badConfiguration, "\(path): \(key) should be \(what)")
  }

  private func refuseUnknown(_ table: TOMLTable, _ known: [String], _ place: String) throws(Failure) {
    guard let key = table.keys.sorted().first(where: { !known.contains($0) }) else { return }
    let near = Suggestion.nearest(to: key, among: known)
    throw Failure(
      .badConfiguration, "\(path): there is no setting '\(key)'\(place)",
      help: near.map { "did you mean \($0)?" } ?? "there are: \(known.joined(separator: ", "))")
  }

  static func noProfile(_ name: String, in path: String, _ contents: Contents) -> Failure {
    let near = Suggestion.nearest(to: name, among: contents.profiles.map { $0.name })
    return Failure(
      "no-such-profile", "there is no profile '\(name)' in \(path)", help: near.map { "did you mean \($0)?" })
  }

  private func parsed(_ text: String) throws(Failure) -> TOMLTable {
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw Failure(.badConfiguration, "\(path), line \(error.source.begin.line): this is not TOML")
    } catch {
      throw Failure(.badConfiguration, "\(path): this is not TOML")
    }
  }

  /// Nil when there is no such file.
  /// - Throws: a failure when it cannot be read or trusted.
  func text() throws(Failure) -> String? {
    let bytes = try PrivateFile.contents(
      of: path, largest: Self.largestFile, without: 0o077,
      Failure(.badConfiguration, "\(path) holds keys, but others may read it", help: "chmod 600 \(path)"))
    guard let bytes else { return nil }
    guard let text = String(validating: TextDecoder.decoded(bytes), as: UTF8.self) else {
      throw Failure(.badConfiguration, "\(path) is not UTF-8 text")
    }
    return text
  }
}
