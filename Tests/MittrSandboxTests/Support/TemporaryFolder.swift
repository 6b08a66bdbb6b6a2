import Basics

/// A new folder that is removed, with the files in it, when the body ends.
func withTemporaryFolder<Value>(
  isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> Value
) async throws -> Value {
  var template = Array("/tmp/mittr-sandbox-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { throw SystemError(errno) }
  let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer {
    for name in ["sandbox.db", "sandbox.db-wal", "sandbox.db-shm", "other"] { unlink("\(path)/\(name)") }
    rmdir(path)
  }
  return try await body(path)
}

/// Writes a file.
func write(_ bytes: [UInt8], to path: String) throws {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  guard descriptor >= 0 else { throw SystemError(errno) }
  defer { close(descriptor) }
  guard write(descriptor, bytes, bytes.count) == bytes.count else { throw SystemError(errno) }
}

/// Reads a file of at most 1 MiB.
func read(_ path: String) throws -> [UInt8] {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else { throw SystemError(errno) }
  defer { close(descriptor) }
  var bytes = [UInt8](repeating: 0, count: 1 << 20)
  let count = read(descriptor, &bytes, bytes.count)
  guard count >= 0 else { throw SystemError(errno) }
  return Array(bytes[..<count])
}
