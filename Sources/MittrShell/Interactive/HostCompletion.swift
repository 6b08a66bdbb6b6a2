import Basics
import Interpreter

/// What completion sees of the machine: names of files and profiles. No file is opened but the configuration.
struct HostCompletion: CompletionHost {
  /// The configuration file, where it may be read.
  let configuration: ConfigurationFile?

  /// So many entries of a folder are looked at.
  private static let mostEntries = 10_000

  func entries(of folder: String, startingWith prefix: String) -> [CompletedFile] {
    guard !folder.utf8.contains(0) else { return [] }
    var place = folder.isEmpty ? "." : folder
    if place.hasPrefix("~/"), let home = getenv("HOME") { place = String(cString: home) + place.dropFirst() }
    // Anything that is no folder is refused, and not waited for.
    let descriptor = open(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return []
    }
    defer { closedir(stream) }
    var files: [CompletedFile] = []
    var count = 0
    while count < Self.mostEntries, let entry = readdir(stream) {
      count += 1
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      // A name that is not UTF-8 cannot be written in a script.
      guard let name, name != ".", name != "..", name.utf8.starts(with: prefix.utf8) else { continue }
      files.append(CompletedFile(name, isFolder: isFolder(entry, name, in: descriptor)))
    }
    return files
  }

  private func isFolder(_ entry: UnsafeMutablePointer<dirent>, _ name: String, in folder: Int32) -> Bool {
    let kind = Int32(entry.pointee.d_type)
    if kind == Int32(DT_DIR) { return true }
    guard kind == Int32(DT_LNK) || kind == Int32(DT_UNKNOWN) else { return false }
    var status = stat()
    return fstatat(folder, name, &status, 0) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  func names(_ sort: String) -> [String] {
    guard sort == "profile" else { return [] }
    let names = (try? configuration?.profiles())?.map { $0.name } ?? []
    return names.contains(ServerResolver.sandboxName) ? names : names + [ServerResolver.sandboxName]
  }
}
