import Basics

/// A folder in which each delivery becomes a file: the raw request, readable by its owner alone. Nothing that is there
/// is ever written over.
public struct DeliveryFolder: Sendable {
  private let path: String

  /// - Parameter path: a folder; it is made when there is none, readable by its owner alone.
  /// - Throws: `ReceiverError.folder` when it is no folder, or cannot be made.
  public init(_ path: String) throws(ReceiverError) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .folder(path, "this is no name") }
    self.path = path
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else { throw .folder(path, "it is no folder") }
    } else if mkdir(path, 0o700) != 0 {
      throw .folder(path, SystemError(errno).text)
    }
  }

  /// How many files may bear the same time and event.
  private static let mostOfOneName = 1000

  /// Writes a request.
  /// - Returns: nil, or what went wrong.
  func save(_ request: ReceivedRequest) -> String? {
    let bytes = RequestSerializer.bytes(of: request)
    for attempt in 1...Self.mostOfOneName {
      let place = path + "/" + Self.name(of: request, attempt: attempt)
      let descriptor = open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      if descriptor < 0, errno == EEXIST { continue }
      guard descriptor >= 0 else { return Self.failure(path, errno) }
      defer { close(descriptor) }
      do throws(SystemError) {
        try writeAll(bytes, to: descriptor)
        return nil
      } catch {
        unlink(place)
        return Self.failure(path, error.code)
      }
    }
    return Self.failure(path, EEXIST)
  }

  /// `1706123456789-evt_1.http`: the time in milliseconds, and of the event's name what is safe in any file's name.
  private static func name(of request: ReceivedRequest, attempt: Int) -> String {
    let milliseconds = Int64(max(0, min(request.receivedAt * 1000, 9e15)))
    let event = request.eventID.map { id in
      "-" + id.unicodeScalars.prefix(64).map { isSafe($0) ? String($0) : "_" }.joined()
    }
    return "\(milliseconds)\(event ?? "")\(attempt > 1 ? "-\(attempt)" : "").http"
  }

  private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar || scalar == "_" || scalar == "-")
  }

  private static func failure(_ path: String, _ code: Int32) -> String {
    "cannot save it in \(path): \(SystemError(code).text)"
  }
}
