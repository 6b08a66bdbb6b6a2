/// Why a sandbox could not be started. The description is one sentence without a full stop.
public enum SandboxError: Error, Sendable, Hashable {
  /// Another program listens on the port.
  case addressInUse(host: String, port: Int)
  /// The address cannot be listened on; the reason is the system's.
  case cannotListen(host: String, port: Int, reason: String)
  /// The data file cannot be opened, read or created; the reason is SQLite's.
  case unreadableDatabase(path: String, reason: String)
  /// The data file exists and is not a sandbox database.
  case notASandboxDatabase(path: String)
  /// The data file was written by a newer version of the sandbox.
  case newerDatabase(path: String)
  /// Another sandbox has the data file open.
  case databaseInUse(path: String)
  /// A setting lies outside its range.
  case invalidConfiguration(String)
}

extension SandboxError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .addressInUse(let host, let port): "port \(port) of \(host) is in use"
    case .cannotListen(let host, let port, let reason): "cannot listen on \(host):\(port): \(reason)"
    case .unreadableDatabase(let path, let reason): "cannot open '\(path)': \(reason)"
    case .notASandboxDatabase(let path): "'\(path)' is not a sandbox database"
    case .newerDatabase(let path): "'\(path)' was written by a newer version of the sandbox"
    case .databaseInUse(let path): "'\(path)' is open in another sandbox"
    case .invalidConfiguration(let message): message
    }
  }
}
