import MittrSandbox
import TestSupport
import Testing

@Suite("Spellings of a path")
struct PathSpellingTests {
  /// What may be done to a path without a router's taking notice, or with.
  private static let changes: [@Sendable (String) -> String] = [
    { $0 }, { "/" + $0 }, { "//" + $0 }, { $0 + "/" }, { $0 + "//" }, { "/." + $0 }, { "/x/.." + $0 },
    { $0.replacing("/v1", with: "//v1") }, { $0.replacing("/v1", with: "/./v1") },
    { $0.replacing("/v1", with: "/x/../v1") }, { $0.replacing("/v1", with: "/../api/v1") },
    { $0.replacing("api", with: "%61pi") }, { $0.replacing("/v1", with: "%2fv1") },
    { $0.replacing("v1", with: "%76%31") }, { $0.replacing("api", with: "API") },
    { $0.replacing("api", with: "api;a=b") }, { $0 + ";a=b" }, { $0 + "?" }, { $0 + "#x" }, { $0 + "%00" },
    { $0.replacing("/", with: "\\") }, { $0.replacing("/v1", with: "\\v1") }, { "http://localhost" + $0 },
    { "HTTP://localhost/" + $0 }, { "http://localhost?" + $0 }, { $0.replacing("api", with: "%2561pi") },
  ]

  private static let paths = [
    "/api", "/api/v1", "/api/v1/events", "/api/v1/endpoints", "/api/v1/nothing", "/api/v1/events/nothing",
    "/api/v1/endpoints/00000000-0000-4000-8000-000000000001",
  ]

  @Test("whatever is answered to somebody with the key is UNAUTHORIZED without it, however the path is spelled")
  func spellings() async throws {
    try await Sandbox.with(configuration { ($0.seed, $0.delivers) = (.demo, false) }) { sandbox in
      let port = try #require(Int(sandbox.baseURL.split(separator: ":")[2]))
      var opened = 0
      for (number, path) in Self.paths.enumerated() {
        for first in Self.changes {
          // All pairs would take minutes: each change meets a third of the others, another third for each path.
          for second in Self.changes.enumerated().filter({ ($0.offset + number) % 3 == 0 }).map({ $0.element }) {
            let target = second(first(path))
            for method in ["GET", "POST"] {
              let (with, without) = try await blocking {
                try (
                  Self.answer(port, method, target, headers: "X-API-Key: mtr_sandbox\r\n"),
                  Self.answer(port, method, target)
                )
              }
              #expect(
                without == 401 || without == with && [400, 403, 404].contains(without),
                "\(method) \(target): \(without)")
              #expect(without == 401 || with != 200, "\(method) \(target)")
              if with == 200 { opened += 1 }
            }
          }
        }
      }
      // The test would hold of a server that refuses everything.
      #expect(opened > 30)
    }
  }

  private static func answer(_ port: Int, _ method: String, _ target: String, headers: String = "") throws -> Int {
    let connection = try RawConnection(port: port)
    connection.send(
      "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(headers)Content-Length: 0\r\n\r\n")
    let words = String(decoding: try connection.rest(), as: UTF8.self).split(separator: " ", maxSplits: 2)
    return words.count > 1 ? Int(words[1]) ?? 0 : 0
  }

  @Test("each path of the API without its key is UNAUTHORIZED, by any method that may do something")
  func methods() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      var client = Client(sandbox)
      client.apiKey = nil
      for path in Self.paths {
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"] {
          let status = try await client.call(method, path).status
          #expect(status == 401, "\(method) \(path)")
        }
        let unknown = try await client.call("BREW", path).status
        // The parser does not know it, and so no route is asked.
        #expect(unknown == 400)
      }
    }
  }
}
