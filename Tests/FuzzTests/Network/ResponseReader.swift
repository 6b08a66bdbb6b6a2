import Basics

/// Reads the answers that a server gave on one connection, and says what is wrong with them.
struct ResponseReader {
  struct Response {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
  }

  private let whole: [UInt8]
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    whole = bytes
    rest = bytes[...]
  }

  /// The next final answer; nil when there is none.
  /// - Parameter hasBody: false for the answer to HEAD.
  mutating func next(hasBody: Bool) throws(FuzzFailure) -> Response? {
    while !rest.isEmpty {
      let response = try read(hasBody)
      if response.status >= 200 { return response }
    }
    return nil
  }

  private mutating func read(_ hasBody: Bool) throws(FuzzFailure) -> Response {
    guard let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) else { throw wrong("a head without an end") }
    let lines = String(decoding: rest[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n").map(String.init)
    rest = rest[end.upperBound...]
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count >= 2, words[0] == "HTTP/1.1" || words[0] == "HTTP/1.0", let status = Int(words[1]),
      100...999 ~= status
    else { throw wrong("no status line: \(lines.first ?? "")") }
    let headers = lines.dropFirst().compactMap { line in
      line.firstIndex(of: ":").map { colon in
        (name: line[..<colon].lowercased(), value: String(line[colon...].dropFirst()).trimmingPrefix(" ").description)
      }
    }
    let response = Response(status: status, headers: headers, body: [])
    guard hasBody, status >= 200, status != 204, status != 304 else { return response }
    return Response(status: status, headers: headers, body: try body(of: response))
  }

  private mutating func body(of response: Response) throws(FuzzFailure) -> [UInt8] {
    if response.header("transfer-encoding")?.lowercased() == "chunked" { return try chunks() }
    guard let length = response.header("content-length") else {
      defer { rest = [] }
      return Array(rest)
    }
    guard let count = Int(length), count >= 0, count <= rest.count else {
      throw wrong("content-length \(length), of which \(rest.count) bytes came")
    }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  private mutating func chunks() throws(FuzzFailure) -> [UInt8] {
    var body: [UInt8] = []
    while true {
      guard let end = rest.firstRange(of: Array("\r\n".utf8)),
        let count = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16), count >= 0,
        end.upperBound + count + 2 <= rest.endIndex
      else { throw wrong("a chunk that is none") }
      body += rest[end.upperBound..<end.upperBound + count]
      rest = rest[(end.upperBound + count + 2)...]
      if count == 0 { return body }
    }
  }

  private func wrong(_ what: String) -> FuzzFailure {
    FuzzFailure("the answer has \(what): \(SafeText.escaped(String(decoding: whole.prefix(2000), as: UTF8.self)))")
  }
}
