import Basics
import Foundation
import Synchronization

/// A server on loopback that answers each request with the next of some bytes, whatever they are.
final class AnswerServer: Sendable {
  let port: Int
  private let listener: RawSocket
  private let answers = Mutex<[HTTPBytes]>([])
  private let last: HTTPBytes

  /// - Parameter last: what is answered once all others were given.
  init(last: String) throws {
    self.last = HTTPBytes(bytes: Array(last.utf8), isSound: true)
    (listener, port) = try RawSocket.listening()
    Thread { [self] in
      while let connection = listener.accepted() { Thread { self.serve(connection) }.start() }
      listener.close()
    }.start()
  }

  /// Sets what is answered from now on, the first one first.
  func answer(with answers: [HTTPBytes]) { self.answers.withLock { $0 = answers.reversed() } }

  /// How many of them were not asked for.
  var left: Int { answers.withLock { $0.count } }

  func stop() { listener.interrupt() }

  private func serve(_ connection: RawSocket) {
    defer { connection.close() }
    var received: [UInt8] = []
    while true {
      while let request = Self.length(of: received) {
        received.removeFirst(request)
        let answer = answers.withLock { $0.popLast() } ?? last
        connection.send(answer.bytes)
        guard answer.isSound else { return }
      }
      let chunk = connection.receive()
      guard !chunk.isEmpty else { return }
      received += chunk
    }
  }

  /// How long the whole request is that the bytes begin with; nil when it has not come yet.
  private static func length(of bytes: [UInt8]) -> Int? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
    if head.contains("transfer-encoding: chunked") {
      return bytes[end.upperBound...].firstRange(of: Array("0\r\n\r\n".utf8))?.upperBound
    }
    let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
    let count = length.flatMap { Int($0.dropFirst("content-length:".count).trimmingPrefix(" ")) } ?? 0
    return end.upperBound + count <= bytes.count ? end.upperBound + count : nil
  }
}
