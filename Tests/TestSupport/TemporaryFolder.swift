#if canImport(Glibc)
  package import Glibc
#elseif canImport(Musl)
  package import Musl
#else
  package import Darwin
#endif

/// A folder that is gone, with the few files in it, when the test lets it go.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    var template = Array("/tmp/mittr-tests-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw TestFailure("no temporary folder: \(errno)")
    }
    path = String(cString: made)
  }

  deinit { Self.remove(path) }

  package func write(_ text: String, to name: String, mode: mode_t = 0o600) -> String {
    let file = path + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    let bytes = Array(text.utf8)
    _ = Self.writeAll(descriptor, bytes)
    fchmod(descriptor, mode)
    close(descriptor)
    return file
  }

  package static func read(_ file: String) -> String {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var text: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while case let count = readBlock(descriptor, &block), count > 0 { text += block.prefix(count) }
    return String(decoding: text, as: UTF8.self)
  }

  /// What lies in it, in order.
  package var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  package static func mode(of file: String) -> mode_t {
    var status = stat()
    return stat(file, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  /// Makes a name lead to a file of another user's, which has this text if this user may give files away.
  package func writeForeign(_ text: String, to name: String) -> String {
    let file = path + "/" + name
    if geteuid() == 0 {
      _ = write(text, to: name)
      chown(file, 65_534, 65_534)
    } else {
      symlink("/etc/passwd", file)
    }
    return file
  }

  private static func remove(_ path: String) {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      closedir(folder)
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  private static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Int {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { sysWrite(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { break }
      rest = rest.dropFirst(written)
    }
    return bytes.count - rest.count
  }
}

/// `write` and `read` of the C library, by names that the methods above do not hide.
private func sysWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
private func readBlock(_ descriptor: Int32, _ block: inout [UInt8]) -> Int { read(descriptor, &block, block.count) }
