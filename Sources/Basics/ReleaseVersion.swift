/// The version of this package: of its libraries, its programs and their manual. `.github/CHANGELOG.md` tells what came
/// with it.
package enum ReleaseVersion {
  /// In the form of Semantic Versioning.
  package static let text = "0.1.0"

  /// What `--version` says: the version, and the commit where that is known.
  package static var withCommit: String {
    let commit = ExecutablePath.current.flatMap { BuiltCommit(ofProgram: $0) }
    return text + (commit.map { " (\($0.text))" } ?? "")
  }
}
