/// A request written down as HTTP/1.1.
enum RequestSerializer {
  static func bytes(of request: ReceivedRequest) -> [UInt8] {
    var head = "\(request.method) \(request.target) HTTP/1.1\r\n"
    for (name, value) in request.headers where name.lowercased() != "transfer-encoding" {
      head += "\(name): \(value)\r\n"
    }
    // The chunks that the body came in are put together already, and nobody shall look for them.
    if request.header("Content-Length") == nil { head += "Content-Length: \(request.body.count)\r\n" }
    return Array((head + "\r\n").utf8) + request.body
  }
}
