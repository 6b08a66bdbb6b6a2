import MittrSDK
import TestSupport
import Testing

@Suite("Answers that are none", .timeLimit(.minutes(5)))
struct HostileAnswerTests {
  private let key = "mtr_test"

  @Test("every status from 000 to 999 is an answer, or an error that says why not")
  func statuses() async throws {
    // One connection for each: what went wrong on one is not to touch the next.
    let server = try SocketServer { connection in
      guard let head = connection.readHead(), let number = Int(head.split(separator: "_")[1].prefix(3))
      else { return }
      connection.write(HostileAnswers.status(number))
      connection.finish()
    }
    let transport = AsyncHTTPTransport()
    for number in 0...999 {
      let digits = String(String(1000 + number).dropFirst())
      let request = TransportRequest(method: "GET", url: "\(server.url)/n_\(digits)", timeout: .seconds(20))
      do throws(TransportError) {
        let status = try await transport.send(request).status
        #expect(number >= 200 && status == number, "\(number): \(status)")
      } catch {
        #expect(number < 200, "\(number): \(error)")
        // Nothing follows an interim answer here: the connection ends without an answer.
        let isInterim = 100..<200 ~= number
        #expect(error.kind == .invalidResponse || isInterim && error.kind == .connectionLost, "\(number): \(error)")
        #expect(error.mayHaveReachedServer)
        if number < 100 { #expect(error.message.contains("there is no status \(digits)")) }
      }
    }
    await transport.shutdown()
  }

  @Test("whatever else comes is an answer or a typed error, and the process goes on")
  func others() async throws {
    for (name, bytes) in HostileAnswers.others {
      let server = try SocketServer { connection in
        guard connection.readHead() != nil else { return }
        connection.write(bytes)
        connection.finish()
      }
      for method in ["GET", "POST", "HEAD"] {
        // A connection of its own: what the server closes is not to be used again.
        let transport = AsyncHTTPTransport()
        let body: [UInt8]? = method == "POST" ? Array("{}".utf8) : nil
        let request = TransportRequest(method: method, url: server.url + "/", body: body, timeout: .seconds(20))
        do throws(TransportError) {
          let response = try await transport.send(request)
          #expect(200...999 ~= response.status, "\(name)")
        } catch {
          let known: [TransportError.Kind] = [.invalidResponse, .connectionLost, .responseTooLarge]
          #expect(known.contains(error.kind), "\(name): \(error)")
          #expect(error.mayHaveReachedServer, "\(name)")
        }
        await transport.shutdown()
      }
      withExtendedLifetime(server) {}
    }
  }

  @Test("a server that answers before it is asked, and goes on, does no harm")
  func early() async throws {
    let server = try SocketServer { connection in
      connection.write(HostileAnswers.status(200) + HostileAnswers.status(200))
      guard connection.readHead() != nil else { return }
      connection.write(HostileAnswers.status(200))
      connection.finish()
    }
    let transport = AsyncHTTPTransport()
    for _ in 0..<50 {
      do throws(TransportError) {
        let request = TransportRequest(method: "GET", url: server.url + "/", timeout: .seconds(20))
        #expect(try await transport.send(request).status == 200)
      } catch {
        #expect([.invalidResponse, .connectionLost].contains(error.kind), "\(error)")
      }
    }
    await transport.shutdown()
  }

  @Test("64 answers that do not end share one budget, and each is told of")
  func budget() async throws {
    let server = try SocketServer { connection in
      guard connection.readHead() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      let part = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
      while connection.write(part) {}
    }
    var limits = AsyncHTTPTransport.Limits()
    limits.maximumResponseBytes = 1 << 20
    limits.maximumBytesInFlight = 4 << 20
    let transport = AsyncHTTPTransport(limits: limits)
    let url = server.url + "/"
    let kinds = await withTaskGroup(of: TransportError.Kind?.self) { group in
      for _ in 0..<64 {
        group.addTask {
          do throws(TransportError) {
            _ = try await transport.send(TransportRequest(method: "GET", url: url))
            return nil
          } catch {
            return error.kind
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(kinds.count == 64 && kinds.allSatisfy { $0 == .responseTooLarge }, "\(kinds)")
    // What was given back can be had again.
    let fine = try SocketServer { connection in
      guard connection.readHead() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n" + String(repeating: "x", count: 1 << 20))
      connection.finish()
    }
    let response = try await transport.send(TransportRequest(method: "GET", url: fine.url + "/"))
    #expect(response.body.count == 1 << 20)
    await transport.shutdown()
  }
}
