import Basics
import Synchronization

/// A proxy on loopback that opens tunnels (`CONNECT`), whatever the name, to that port of this machine, and answers
/// requests that it is to pass on by itself.
package final class TestProxy: Sendable {
  private let server: SocketServer
  private let log: Log

  /// Where it listens, such as `127.0.0.1:4000`.
  package var address: String { "127.0.0.1:\(server.port)" }
  /// The heads of the requests so far.
  package var requests: [String] { log.requests.withLock { $0 } }

  /// - Parameter authorization: the value of `Proxy-Authorization` without which it answers 407; nil for anybody.
  package init(authorization: String? = nil) throws(TestFailure) {
    let log = Log()
    self.log = log
    server = try SocketServer { client in
      guard let head = client.readHead() else { return }
      log.requests.withLock { $0.append(head) }
      let lines = head.split(separator: "\r\n")
      let isAllowed = authorization.map { value in
        lines.contains { $0.lowercased() == "proxy-authorization: \(value)".lowercased() }
      }
      guard isAllowed ?? true else {
        client.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
        return client.finish()
      }
      let words = lines.first?.split(separator: " ") ?? []
      guard words.first == "CONNECT" else {
        client.write("HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n{\"id\":\"by a proxy\"}")
        return client.finish()
      }
      guard words.count == 3, let port = words[1].split(separator: ":").last.flatMap({ Int($0) }),
        let target = SocketConnection(port: port)
      else {
        client.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        return client.finish()
      }
      guard client.write("HTTP/1.1 200 Connection established\r\n\r\n") else { return }
      client.splice(with: target)
    }
  }

  private final class Log: Sendable {
    let requests = Mutex<[String]>([])
  }
}
