import Foundation

/// What `scripts/fuzz` asks for; without it the runs are short and always the same.
enum FuzzSettings {
  private static let environment = ProcessInfo.processInfo.environment

  /// How long each target runs; nil to run so many inputs as the target's test says.
  static let seconds = environment["MITTR_FUZZ_SECONDS"].flatMap { Int($0) }
  static let seed = environment["MITTR_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
  /// Where the input at hand is kept.
  static let folder = environment["MITTR_FUZZ_FOLDER"] ?? NSTemporaryDirectory()
  /// How many seconds one input may take.
  static let patience = 5
  /// So much more memory than in the beginning, in bytes, is too much.
  static let memoryLimit = 1 << 30
}
