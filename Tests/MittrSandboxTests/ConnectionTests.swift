import Basics
import Hummingbird
import NIOCore
import OrderedJSON
import TestSupport
import Testing

@testable import MittrSandbox

@Suite("Connections", .timeLimit(.minutes(1)))
struct ConnectionTests {
  private static func post(_ body: String, length: Int? = nil) -> String {
    """
    POST /api/v1/events HTTP/1.1\r
    Host: localhost\r
    X-API-Key: mtr_sandbox\r
    X-Idempotency-Key: k\r
    Connection: close\r
    Content-Length: \(length ?? body.utf8.count)\r
    \r
    \(body)
    """
  }

  private func withPort(_ body: (Int) async throws -> Void) async throws {
    try await Sandbox.with(configuration { $0.delivers = false }) { sandbox in
      try await body(try #require(Int(sandbox.baseURL.split(separator: ":")[2])))
    }
  }

  @Test("a client that reads only when it has sent everything still reads why it was refused")
  func refusedWhileSending() async throws {
    try await withPort { port in
      let filler = [UInt8](repeating: UInt8(ascii: "x"), count: 16 << 20)
      let announced = Self.post("", length: filler.count)
      let chunked = announced.replacing("Content-Length: \(filler.count)", with: "Transfer-Encoding: chunked")
      let size = String(filler.count, radix: 16)
      let requests: [(head: String, tail: String, status: Int)] = [
        (announced, "", 413), (announced.replacing("X-API-Key: mtr_sandbox\r\n", with: ""), "", 401),
        (announced.replacing("/events", with: "/nothing"), "", 404),
        ("\(chunked)\(size)\r\n", "\r\n0\r\n\r\n", 413),
      ]
      for (head, tail, status) in requests {
        let bytes: [UInt8] = Array(head.utf8) + filler + Array(tail.utf8)
        let answer = String(decoding: try await RawClient.exchange(port, bytes), as: UTF8.self)
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        #expect(answer.lowercased().contains("\r\nconnection: close\r\n"))
        #expect(answer.hasSuffix("\"}"))
      }
    }
  }

  @Test(
    "what is no HTTP is a BAD_REQUEST, and the sandbox goes on",
    arguments: [
      "\u{0}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "SSH-2.0-x\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
      "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET x HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
      "GET / HTTP/1.1\r\nHost: localhost\r\nA\u{0}: b\r\n\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\n A: b\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ])
  func garbage(text: String) async throws {
    try await withPort { port in
      let answer = try await RawClient.exchange(port, text)
      #expect(answer.hasPrefix("HTTP/1.1 400 ") || answer.hasPrefix("HTTP/1.1 404 "))
      #expect(try await RawClient.exchange(port, "GET /health HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test("a body that breaks off or is framed wrongly is a BAD_REQUEST")
  func brokenBodies() async throws {
    try await withPort { port in
      let cut = try await RawClient.exchange(port, Self.post("{", length: 10), closesOutput: true)
      #expect(cut.hasPrefix("HTTP/1.1 400 "))
      let chunked = Self.post("").replacing("Content-Length: 0", with: "Transfer-Encoding: chunked")
      for body in ["1\r\n{\r\nzz\r\n", "fffffffffffffffffff\r\n", "1\r\n{}\r\n0\r\n\r\n", "-1\r\n\r\n"] {
        let answer = try await RawClient.exchange(port, chunked + body)
        #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(body): \(answer)")
        #expect(answer.contains(#""code":"BAD_REQUEST""#))
      }
    }
  }

  @Test("endless headers are HEADERS_TOO_LARGE, which the client sees however much it sends")
  func endlessHeaders() async throws {
    try await withPort { port in
      for header in [
        "X-A: \(String(repeating: "a", count: 1_000_000))\r\n", String(repeating: "X: y\r\n", count: 50_000),
      ] {
        let answer = try await RawClient.exchange(port, "GET / HTTP/1.1\r\n" + header)
        #expect(answer.hasPrefix("HTTP/1.1 431 "))
        #expect(answer.contains(#""code":"HEADERS_TOO_LARGE""#))
      }
    }
  }

  @Test("pipelined requests are answered in turn, also before garbage")
  func pipelined() async throws {
    try await withPort { port in
      let one = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
      let all = one + one + one.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n")
      #expect(try await RawClient.exchange(port, all).split(separator: "HTTP/1.1 200 ").count == 3)
      let spoiled = try await RawClient.exchange(port, one + "\u{0}\u{0}\r\n\r\n")
      #expect(spoiled.hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test("a body is asked for when its client waits to be, and not when it is too large")
  func expectations() async throws {
    try await withPort { port in
      let expecting = "Content-Length:"
      let with = "Expect: 100-continue\r\nContent-Length:"
      let asked = try await blocking {
        let connection = try RawConnection(port: port)
        let request = Self.post(#"{"eventType":"a","payload":{}}"#).replacing(expecting, with: with)
        let head = request.split(separator: "\r\n\r\n")
        connection.send(head[0] + "\r\n\r\n")
        let interim = try connection.text(until: "\r\n\r\n")
        connection.send(String(head[1]))
        return interim + String(decoding: try connection.rest(), as: UTF8.self)
      }
      #expect(asked.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 "))
      let refused = try await RawClient.exchange(
        port, Self.post("", length: 1 << 30).replacing(expecting, with: with), closesOutput: false)
      #expect(refused.hasPrefix("HTTP/1.1 413 "))
    }
  }

  /// A server with other limits, which answers how many bytes came.
  private func withServer(_ limits: ServerLimits, _ body: (Int) async throws -> Void) async throws {
    let router = Router(context: SandboxContext.self)
    router.post("/") { request, _ -> Response in
      do {
        let body = try await request.body.collect(upTo: limits.maximumBodyBytes)
        return Response(status: .ok, json: Array("\(body.readableBytes)".utf8))
      } catch {
        return Response(APIError(answering: error))
      }
    }
    let server = try await HTTPServer.start(router, host: "127.0.0.1", port: 0, limits: limits)
    do {
      try await body(try #require(Int(server.authority.split(separator: ":")[1])))
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  @Test("bodies that never end take no more bytes together than allowed")
  func unfinishedBodies() async throws {
    var limits = ServerLimits()
    limits.bodies = Budget(10_000)
    try await withServer(limits) { port in
      let head = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
      let answers = try await blocking {
        let connections = try (0..<64).map { _ in try RawConnection(port: port) }
        for connection in connections {
          connection.send(head + "3e8\r\n" + String(repeating: "x", count: 1000) + "\r\n")
        }
        // Ten are held, and say nothing.
        let refused = try RawConnection.readable(connections, atLeast: 54)
        for (index, connection) in connections.enumerated() where !refused.contains(index) {
          connection.send("0\r\n\r\n")
        }
        return try connections.map { String(decoding: try $0.rest(), as: UTF8.self) }
      }
      #expect(answers.filter { $0.hasPrefix("HTTP/1.1 503 ") && $0.contains(#""code":"UNAVAILABLE""#) }.count == 54)
      #expect(answers.filter { $0.hasPrefix("HTTP/1.1 200 ") && $0.hasSuffix("\r\n\r\n1000") }.count == 10)
      // All of it is free again.
      let whole = head.replacing("Transfer-Encoding: chunked", with: "Content-Length: 10000")
      let later = try await RawClient.exchange(port, whole + String(repeating: "y", count: 10_000))
      #expect(later.hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test("slow clients are timed out: before, in and after the head")
  func slow() async throws {
    var limits = ServerLimits()
    limits.headTimeout = .milliseconds(50)
    try await withServer(limits) { port in
      let silent = try await RawClient.exchange(port, "")
      let inHead = try await RawClient.exchange(port, "POST / HTTP/1.1\r\nHost:")
      #expect(silent.isEmpty && inHead.isEmpty)
    }
    // What sends a head is given time for it.
    limits = ServerLimits()
    (limits.bodyTimeout, limits.idleTimeout) = (.milliseconds(50), .milliseconds(50))
    try await withServer(limits) { port in
      let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n"
      let inBody = try await RawClient.exchange(port, head + "x")
      #expect(inBody.hasPrefix("HTTP/1.1 408 "))
      #expect(inBody.contains(#""code":"REQUEST_TIMEOUT""#))
      let kept = try await RawClient.exchange(port, head + "0123456789")
      #expect(kept.hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test("no more connections than allowed are served, and a place is free again when one ends")
  func connections() async throws {
    var limits = ServerLimits()
    limits.connections = Budget(2)
    try await withServer(limits) { port in
      let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n"
      try await blocking {
        for _ in 1...20 {
          let held = try (0..<2).map { _ in try RawConnection(port: port) }
          for connection in held {
            connection.send(head + "x")
            _ = try connection.text(until: "\r\n\r\n1")
          }
          let refused = try RawConnection(port: port)
          refused.send(head + "x")
          #expect(try refused.rest().isEmpty)
          for connection in held {
            connection.closeOutput()
            _ = try connection.rest()
          }
        }
      }
    }
  }
}
