/// Several requests on one connection to a server, and what it answers.
struct ServerExchange {
  /// How many requests may follow each other on a connection.
  private static let longest = 24

  private(set) var bytes: [UInt8] = []
  private var methods: [String] = []
  private var isSound = true

  /// Made from one request after another, up to the first that ends the connection.
  init(_ random: inout FuzzRandom, _ request: (inout FuzzRandom) -> (method: String, message: HTTPBytes)) {
    let count = 1 + random.below(Self.longest)
    while isSound, methods.count < count {
      let (method, message) = request(&random)
      bytes += message.bytes
      methods.append(method)
      isSound = message.isSound
    }
  }

  /// Sends all, says that no more will come, and reads what comes back until the server closes.
  /// - Returns: how many requests the server had a look at.
  func run(port: Int, check: (ResponseReader.Response) throws(FuzzFailure) -> Void) throws(FuzzFailure) -> Int {
    let socket = try RawSocket.connected(to: port)
    defer { socket.close() }
    let (answer, isWhole) = socket.exchange(bytes)
    // A connection that was reset may have lost anything.
    guard isWhole else { return 1 }
    var reader = ResponseReader(answer)
    var answered = 0
    for method in isSound ? methods : methods.dropLast() {
      let response: ResponseReader.Response?
      do throws(FuzzFailure) {
        response = try reader.next(hasBody: method != "HEAD")
      } catch {
        // Behind a request that is wrong a server may close in the middle of an answer.
        guard isSound else { break }
        throw error
      }
      guard let response else { break }
      answered += 1
      try check(response)
      // What a server cannot read has no method: it is answered with a body, and the connection ends.
      if [400, 431].contains(response.status), response.header("connection") == "close" { break }
    }
    return min(methods.count, answered + 1)
  }
}
