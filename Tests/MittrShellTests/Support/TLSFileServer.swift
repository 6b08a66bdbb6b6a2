import Basics
import TestSupport

/// `openssl s_server`, which answers `GET /answer` with a JSON body. It ends when it is let go of.
final class TLSFileServer {
  let port: Int
  private let process: pid_t
  private let folder: TemporaryFolder
  private let output: Pipe

  init(_ identity: TestAuthority.Identity, answering body: String) throws {
    folder = try TemporaryFolder()
    _ = folder.write(
      "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)", to: "answer")
    output = try Pipe()
    process = try BuiltProgram.start(
      [
        "/bin/sh", "-c", #"cd "$1" && exec openssl s_server -accept 127.0.0.1:0 -cert "$2" -key "$3" -HTTP"#, "sh",
        folder.path, identity.certificate, identity.key,
      ], environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], descriptors: [nil, output.writeEnd, output.writeEnd])
    output.closeWriteEnd()
    var text = ""
    while true {
      let part = output.read()
      text += String(decoding: part, as: UTF8.self)
      if let line = text.split(separator: "\n").first(where: { $0.hasPrefix("ACCEPT ") }), text.hasSuffix("\n"),
        let port = line.split(separator: ":").last.flatMap({ Int($0) })
      {
        self.port = port
        return
      }
      guard !part.isEmpty else { throw TestFailure("openssl s_server: \(text)") }
    }
  }

  deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }
}
