import Synchronization
import TestSupport
import Testing

/// The built executable against servers on raw sockets that list and answer in ways of their own.
@Suite("Bulk runs over odd servers", .timeLimit(.minutes(2)))
struct BulkListingTests {
  private func run(_ script: String, _ server: RawServer) async throws -> ShellProcess.End {
    try await ShellProcess.run(
      "--no-config", "-c", script, environment: ["MITTR_API_KEY": "mtr_test", "MITTR_BASE_URL": server.url])
  }

  private func posts(_ server: RawServer) -> [String] { server.requests.filter { $0.hasPrefix("POST") } }

  @Test("a list of failed events misses none where the cursor is a number of items", arguments: ["1", "8"])
  func offsets(concurrency: String) async throws {
    let left = Mutex(Array(1...95))
    let server = try RawServer(
      .answer { request in
        let target = request.split(separator: " ")[1]
        return left.withLock { left in
          if request.hasPrefix("POST") {
            let id = target.split(separator: "/")[3]
            left.removeAll { "evt_\($0)" == id }
            return .response("200 OK", #"{"id":"\#(id)","status":"pending"}"#)
          }
          let cursor =
            target.split(separator: "&").first { $0.hasPrefix("cursor=") }.flatMap { Int($0.dropFirst(7)) } ?? 0
          let data = left.dropFirst(cursor).prefix(10).map { #"{"id":"evt_\#($0)","status":"failed"}"# }
          let hasMore = cursor + 10 < left.count
          return .response(
            "200 OK",
            #"{"data":[\#(data.joined(separator: ","))],"pagination":{"hasMore":\#(hasMore),"cursor":"\#(cursor + 10)"}}"#
          )
        }
      })
    let end = try await run(
      "events list --status failed --all --limit 10 | replay --concurrency \(concurrency) | count", server)
    #expect(end.output == "95\n", "\(end.errors)")
    #expect(end.errors == "replay: 95 done, 0 failed\n")
    #expect(Set(posts(server).map { $0.prefix { $0 != "\r" } }).count == 95)
    #expect(posts(server).count == 95)
  }

  @Test("an event that a list brings again is replayed once, and a list that goes round ends with an error")
  func circle() async throws {
    let server = try RawServer(
      .answer { request in
        if request.hasPrefix("POST") { return .response("200 OK", "") }
        let number =
          request.split(separator: "cursor=").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
        return .response(
          "200 OK",
          #"{"data":[{"id":"evt_1"},{"id":"evt_2"}],"pagination":{"hasMore":true,"cursor":"\#(number + 1)"}}"#)
      })
    let end = try await run("events list --all | replay | get id", server)
    #expect(end.lines == ["evt_1", "evt_2"])
    #expect(end.errors.contains("error[INVALID_RESPONSE]: the list would never end: "))
    #expect(end.status == 1)
    #expect(posts(server).count == 2)
  }

  @Test(
    "one replay whose answer does not tell is sent once, and ends with 1 and OUTCOME_UNKNOWN",
    arguments: [
      ("200 OK", "<html>Sign in</html>", "with text that is not JSON: <html>Sign in</html>"),
      ("200 OK", #"{"error":"no","code":"NOPE"}"#, "with an error: (NOPE) no"),
      ("200 OK", #"{"id":"evt_2"}"#, "evt_2 instead of evt_1"), ("302 Found", "", "redirects to http://sso.test/"),
      ("408 Request Timeout", "", "status 408"), ("500 Internal Server Error", "", "the server failed"),
      ("503 Service Unavailable", "", "the server failed"), ("418 Teapot", "{}", "status 418"),
    ])
  func single(status: String, body: String, saying: String) async throws {
    let server = try RawServer(.response(status, body, headers: ["Location: http://sso.test/"]))
    let end = try await run("replay evt_1", server)
    #expect(end.status == 1)
    #expect(end.errors.hasPrefix("error[OUTCOME_UNKNOWN]: "))
    #expect(end.errors.contains(saying), "\(end.errors)")
    #expect(end.errors.contains("look at it before you try again"))
    #expect(end.output == "")
    #expect(server.requests.count == 1)
  }

  @Test("one replay that was refused, or done without a word, is no unknown outcome")
  func singleCertain() async throws {
    let done = try RawServer(.bytes("HTTP/1.1 204 No Content\r\n\r\n"))
    #expect(try await run("replay evt_1", done).output == "{\"id\":\"evt_1\",\"ok\":true}\n")
    let refused = try RawServer(.response("501 Not Implemented", ""))
    let end = try await run("replay evt_1", refused)
    #expect(end.errors.hasPrefix("error[HTTP_501]: "))
    #expect(end.status == 1)
  }

  @Test("a run that waits for the server says so once on standard error, without a terminal")
  func waiting() async throws {
    let requests = Mutex(0)
    let server = try RawServer(
      .answer { request in
        let number = requests.withLock { requests in
          requests += 1
          return requests
        }
        guard number > 1 else {
          // A second by the server's clock, whatever this machine's says.
          return .response(
            "429 Too Many Requests", "{}",
            headers: ["Date: Sun, 06 Nov 1994 08:49:36 GMT", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"])
        }
        return .response("200 OK", "{}")
      })
    let end = try await run(#"["evt_1", "evt_2", "evt_3"] | replay --concurrency 1 | count"#, server)
    #expect(end.output == "3\n")
    #expect(end.errors == "replay: the server asks to wait 1 s\nreplay: 3 done, 0 failed\n")
  }
}
