/// A regular file that belongs to this user, opened. Nothing of it is changed before that is known.
package struct OwnFile {
  package let descriptor: Int32
  /// As it was when it was opened.
  package let status: stat
  /// Whether it was made just now.
  package let isNew: Bool

  /// - Parameters:
  ///   - flags: as `open` takes them, without those that create. A link to a file of this user's is followed.
  ///   - creates: whether a file that is not there is made, readable by its owner alone; never where a link leads.
  package init(_ path: String, _ flags: Int32, creates: Bool = false) throws(OwnFileError) {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    let flags = flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
    var descriptor = open(path, flags)
    var isNew = false
    if descriptor < 0, errno == ENOENT, creates {
      descriptor = open(path, flags | O_CREAT | O_EXCL, 0o600)
      isNew = descriptor >= 0
      // Another process may have made it meanwhile.
      if descriptor < 0, errno == EEXIST {
        descriptor = open(path, flags)
        if descriptor < 0, errno == ENOENT { throw .danglingLink }
      }
    }
    guard descriptor >= 0 else { throw .system(errno) }
    do throws(OwnFileError) {
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { throw .system(errno) }
      guard status.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile }
      guard status.st_uid == geteuid() else { throw .foreignOwner }
      self.status = status
    } catch {
      closeDescriptor(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.isNew = isNew
  }

  /// Makes it readable by its owner alone.
  package func tighten() throws(OwnFileError) {
    guard status.st_mode & 0o077 != 0 else { return }
    guard fchmod(descriptor, 0o600) == 0 else { throw .system(errno) }
  }

  /// So many bytes from there, or as many as there are.
  package func read(at offset: Int, count: Int) throws(OwnFileError) -> [UInt8] {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
      while filled < buffer.count {
        let result = pread(
          descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(offset + filled))
        if result > 0 {
          filled += result
        } else if result == 0 {
          return
        } else if errno != EINTR {
          code = errno
          return
        }
      }
    }
    guard code == 0 else { throw .system(code) }
    return bytes
  }

  package func close() { closeDescriptor(descriptor) }
}

/// Why a file is not used.
package enum OwnFileError: Error, Sendable, Hashable {
  /// `errno`.
  case system(Int32)
  case notARegularFile
  case foreignOwner
  /// A link stands in its place that leads nowhere.
  case danglingLink

  /// What is wrong with it, to be put behind its name and a colon.
  package var text: String {
    switch self {
    case .system(let code): SystemError(code).text
    case .notARegularFile: "it is not a regular file"
    case .foreignOwner: "it belongs to another user"
    case .danglingLink: "it is a link that leads nowhere"
    }
  }
}

/// `close` of the C library, by a name that the method does not hide.
private func closeDescriptor(_ descriptor: Int32) { close(descriptor) }
