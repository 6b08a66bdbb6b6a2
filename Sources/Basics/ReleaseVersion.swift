/// The version of this package: of its libraries, its programs and their manual. `.github/CHANGELOG.md` tells what came
/// with it.
package enum ReleaseVersion {
  /// In the form of Semantic Versioning.
  package static let text = "0.1.0"
}
