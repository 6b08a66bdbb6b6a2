public import Interpreter
public import MittrSDK
import Synchronization

/// The API client that the commands share. It is made when the first request is about to be sent and not before, so
/// that a script without requests needs neither a key nor a sandbox.
public final class ClientProvider {
  private let connect: () async throws(Failure) -> Mittr
  private let place: () -> String?
  /// What a person calls the server, with the profile where one names it; nil where nobody knows.
  let name: () -> String?
  /// The client, for code that runs beside the session's task too.
  let current = CurrentClient()

  /// - Parameters:
  ///   - place: what stays the same of the server when its address does not; nil where the address says it.
  ///   - name: what a person calls the server.
  ///   - connect: makes the client; called once, unless it fails.
  public init(
    place: @escaping () -> String? = { nil }, name: @escaping () -> String? = { nil },
    connect: @escaping () async throws(Failure) -> Mittr
  ) {
    self.name = name
    self.place = place
    self.connect = connect
  }

  /// Which server it is, so that a later run can check that it is the same.
  func server() async throws(Failure) -> String {
    let client = try await client()
    if let place = place() { return place }
    guard let url = client.baseURL else {
      throw Failure("bad-base-url", "the base URL cannot be used", help: "check --base-url or MITTR_BASE_URL")
    }
    return url
  }

  func client() async throws(Failure) -> Mittr {
    if let mittr = current.mittr { return mittr }
    let mittr = try await connect()
    current.mittr = mittr
    return mittr
  }

  /// Closes the client's connections, if there are any.
  public func close() async {
    await current.mittr?.shutdown()
    current.mittr = nil
  }
}

/// The client that a session has made, if it has; it may be read from any thread.
final class CurrentClient: Sendable {
  private let state = Mutex<Mittr?>(nil)

  var mittr: Mittr? {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}

/// Where a session keeps its connection.
public enum ClientProviderKey: SessionKey {
  public typealias Value = ClientProvider
}

extension Call {
  /// The client, made at the first use. What was printed so far is put out first, since a request takes time.
  func client() async throws(Interruption) -> Mittr {
    try session.flush()
    guard let connection = session[ClientProviderKey.self] else {
      throw .failure(Failure("no-connection", "this session is not connected to Mittr"))
    }
    do throws(Failure) {
      let notices = SandboxNotices(name, session)
      return try await connection.client().with(onWait: WaitNotices(name, session).onWait)
        .with(onSandboxNotice: { text in notices.tell(text) })
    } catch {
      throw .failure(error)
    }
  }

  /// Which server the client talks to, as a journal notes it.
  func server() async throws(Interruption) -> String {
    _ = try await client()
    do throws(Failure) {
      return try await session[ClientProviderKey.self]?.server() ?? ""
    } catch {
      throw .failure(error)
    }
  }

  /// Sends one request; its failure becomes the command's.
  func request<Result>(
    _ send: (Mittr) async throws(MittrError) -> Result
  ) async throws(Interruption) -> Result {
    let client = try await client()
    do throws(MittrError) {
      return try await send(client)
    } catch {
      if error.isCancelled, error.isOutcomeUnknown { warnOfLostOutcome(error) }
      throw Interruption(error)
    }
  }

  /// A request that was given up changes something, and had gone out already.
  private func warnOfLostOutcome(_ error: MittrError) {
    let key = error.idempotencyKey.map { "; its idempotency key is \($0)" } ?? ""
    warn(
      "outcome-unknown", "the request had gone out when it was interrupted: nobody knows whether it was done\(key)",
      help: "look at it before you try again")
  }
}
