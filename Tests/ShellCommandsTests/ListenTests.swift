import Interpreter
import MittrSDK
import MittrSandbox
import OrderedJSON
import ShellCommands
import TestSupport
import Testing

@Suite("listen and deliveries", .timeLimit(.minutes(1)))
struct ListenTests {
  /// The whole loop over real sockets: a sandbox that delivers, an endpoint, an event, the receiver.
  private func loop(_ script: String, listen: String = "listen 0") async throws -> CommandRun {
    var configuration = SandboxConfiguration()
    configuration.seed = .empty
    return try await Sandbox.with(configuration) { sandbox in
      let client = Mittr(apiKey: sandbox.apiKey, baseURL: sandbox.baseURL)
      let run = await CommandRun(
        """
        let r = \(listen)
        let e = endpoints create --url "\\($r.url)/hook" --event-types order.*
        let sent = events send order.created {orderId: "ord_1", amount: 1.10}
        \(script)
        """, client, now: Double(UnixClock.seconds))
      await client.shutdown()
      return run
    }
  }

  @Test("a delivery from the sandbox arrives, signed, and is verified with its endpoint's secret")
  func offline() async throws {
    let run = try await loop(
      """
      let d = deliveries --follow | first 1 | one
      assert ($d.valid)
      assert ($d.eventId == $sent.id)
      assert ($d.body == "{\\"orderId\\":\\"ord_1\\",\\"amount\\":1.10}")
      assert ($deliveries[-1].number == 1)
      print ($deliveries[-1] | verify | get .reason) ($d | verify --secret other | get .reason)
      deliveries | select number method path status valid reason size
      events wait $sent.id | get .status
      """)
    #expect(run.errors == "")
    #expect(run.output.contains("ok\nmismatch\n") || run.output.contains("ok mismatch\n"))
    #expect(
      run.output.contains(
        #"{"number":1,"method":"POST","path":"/hook","status":200,"valid":true,"reason":"ok","size":33}"#))
    #expect(run.output.hasSuffix("delivered\n"))
  }

  @Test("the wrong secret is told, with 401")
  func wrongSecret() async throws {
    let run = try await loop(
      "deliveries --follow | first 1 | select status valid reason", listen: "listen 0 --secret whsec_other")
    #expect(run.output == #"{"status":401,"valid":false,"reason":"mismatch"}"# + "\n")
  }

  @Test("it says where it listens, listens once, and can be started again")
  func lifetime() async {
    let run = await CommandRun(
      """
      let r = listen 0
      assert ((listen) == $r)
      try { listen 0 } catch err { print $err.code }
      listen --stop
      try { listen --stop } catch err { print $err.code }
      try { deliveries --follow } catch err { print $err.code }
      assert ((listen localhost:0).port > 0)
      listen --stop
      deliveries | count
      $deliveries | count
      """)
    #expect(run.output == "already-listening\nnot-listening\nnot-listening\n0\n0\n")
    #expect(run.errors.contains("listen: stopped on http://127.0.0.1:"))
    #expect(run.status == 0)
  }

  @Test(
    "other machines, wrong ports and bad targets are refused",
    arguments: [
      ("listen 0.0.0.0:80", "PORT: it listens on this machine alone"), ("listen 70000", "PORT: expected a port"),
      ("listen 0 --forward ftp://x", "--forward: expected a URL"), ("listen 0 --respond 100", "--respond: expected"),
      ("listen 0 --respond 200 --forward http://a", "--respond has no place beside --forward"),
      ("listen 0 --endpoint e --secret s", "--secret has no place beside --endpoint"),
      ("listen 0 --any-endpoint --endpoint e", "--endpoint has no place beside --any-endpoint"),
      ("listen 0 --secret ''", "the secret is empty"), ("listen 0 --save /dev/null", "it is no folder"),
    ])
  func refused(script: String, message: String) async {
    let run = await CommandRun(script)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.status != 0)
  }

  @Test("a port that is taken is an error that names it")
  func taken() async {
    let run = await CommandRun("let r = listen 0; listen --stop; let s = listen $r.port; assert ($s.port == $r.port)")
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test("following ends at once when it is cancelled")
  func cancelled() async {
    let task = Task { await CommandRun("listen 0; deliveries --follow").status }
    task.cancel()
    #expect(await task.value == 130)
  }

  @Test("what was saved is read back by verify")
  func saved() async throws {
    let folder = try TemporaryFolder()
    let run = try await loop(
      """
      let d = deliveries --follow | first 1 | one
      print $e.secret
      """, listen: "listen 0 --save \(folder.path)/raw")
    let secret = String(run.output.dropLast())
    let name = try #require(FolderNames.of(folder.path + "/raw").first)
    let text = TemporaryFolder.read(folder.path + "/raw/" + name)
    let verified = await CommandRun(
      "verify --request r --secret '\(secret)' --tolerance 100000 | get .reason", files: ["r": Array(text.utf8)],
      now: Double(UnixClock.seconds))
    #expect(verified.output == "ok\n", "\(run.errors) \(verified.errors)")
  }

  @Test("$deliveries is known to scripts, can be hidden, and is a mistake when misspelt")
  func variable() async {
    #expect(await CommandRun("$deliveries | count").output == "0\n")
    #expect(await CommandRun("let deliveries = [1]; $deliveries | count").output == "1\n")
    #expect(await CommandRun("set deliveries = $deliveries + [1, 2]; $deliveries | count").output == "2\n")
    #expect(await CommandRun("$deliverys").errors.contains("did you mean $deliveries?"))
  }
}
