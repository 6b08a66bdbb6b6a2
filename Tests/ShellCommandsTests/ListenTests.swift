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

  @Test("a delivery knows its event's type, its attempt, its port, and what was answered")
  func record() async throws {
    let run = try await loop(
      """
      let d = deliveries --follow --count 1 | one
      assert ($d.eventType == "order.created")
      assert ($d.port == $r.port)
      assert ($d.attempt == 1)
      assert ($d.ms >= 0)
      $d.response
      deliveries | get .eventType
      $deliveries[0] | get .eventType
      """)
    #expect(run.errors == "")
    let response =
      #"{"status":200,"headers":{"Content-Type":"text/plain; charset=utf-8"},"body":"ok\n"}"#
    #expect(run.output == "\(response)\norder.created\norder.created\n")
  }

  @Test("following ends with the last one asked for, or fails when the time is up")
  func bounded() async throws {
    let run = try await loop(
      """
      deliveries --follow --count 1 --timeout 60s | count
      try { deliveries --follow --count 2 --timeout 1ms | count } catch err { print $err.code $err.message }
      deliveries --follow --timeout 1ms | count
      deliveries --follow --count 2 --timeout 1ms
      """)
    #expect(run.output.hasPrefix("1\ntimeout 1 of 2 deliveries came within 1ms\n1\n{\"number\":1,"))
    #expect(run.errors.contains("error[timeout]: 1 of 2 deliveries came within 1ms"))
    #expect(run.status == 1)
  }

  @Test("several receivers run side by side, each with its port, its secret and its deliveries")
  func several() async throws {
    let run = try await loop(
      """
      let s = listen 0 --secret whsec_other --respond-invalid 410
      assert ($s.port != $r.port)
      assert ((listen) == $s)
      let f = endpoints create --url "\\($s.url)/hook" --event-types order.*
      let again = events send order.created {orderId: "ord_2"}
      deliveries --follow --port $r.port --count 2 | get .valid
      deliveries --follow --port $s.port --count 1 | select status reason
      deliveries --port $r.port | verify | get .reason
      deliveries --port $s.port | first 1 | verify | get .reason
      listen --stop $r.port
      deliveries --port $r.port | count
      try { listen --stop $r.port } catch err { print $err.code }
      listen --stop
      """)
    #expect(
      run.output == "true\ntrue\n{\"status\":410,\"reason\":\"mismatch\"}\nok\nok\nmismatch\n2\nnot-listening\n",
      "\(run.errors)")
    #expect(run.errors.split(separator: "listen: stopped on ").count == 2)
  }

  @Test("what it answers is the person's to say, and why a forward failed is in the record")
  func answers() async throws {
    let port = try ReservedPort()
    for (options, expected) in [
      ("--respond 418 --respond-body teapot", #"{"status":418,"body":"teapot","code":null}"#),
      ("--forward :\(port.number)", #"{"status":502,"body":"nobody","code":"refused"}"#),
      ("--forward \(port.number) --forward-timeout 5s", #"{"status":502,"body":"nobody","code":"refused"}"#),
      ("--route 'user.*=:\(port.number)'", #"{"status":404,"body":"no rou","code":"no-route"}"#),
    ] {
      let run = try await loop(
        """
        deliveries --follow --count 1 | each { {status: .status, body: .response.body, code: .error.code} }
        """, listen: "listen 0 \(options)")
      let line = run.output.replacing(#/"body":"(?<start>.{0,6})[^"]*"/#) { "\"body\":\"\($0.output.start)\"" }
      #expect(line == expected + "\n", "\(options): \(run.errors)")
    }
  }

  @Test("a receiver that others can reach is warned of before it listens")
  func open() async throws {
    let port = try ReservedPort()
    let run = await CommandRun("listen \(port.number) --bind 0.0.0.0")
    #expect(run.errors.contains("warning[open-port]: it listens at every address of this machine"), "\(run.errors)")
    #expect(run.errors.contains("error[port-in-use]"))
    let loopback = await CommandRun("listen 0 --bind 127.0.0.1 | get .url; listen --stop")
    #expect(!loopback.errors.contains("warning"), "\(loopback.errors)")
    #expect(loopback.output.hasPrefix("http://127.0.0.1:"))
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
      try { listen $r.port } catch err { print $err.code }
      listen --stop
      try { listen --stop } catch err { print $err.code }
      try { deliveries --follow } catch err { print $err.code }
      assert ((listen localhost:0).port > 0)
      assert ((listen :0).port > 0)
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
      ("listen 0 --respond 200 --route *=:1", "--respond has no place beside --route"),
      ("listen 0 --respond 200 --respond-invalid 400", "--respond-invalid has no place beside --respond"),
      ("listen 0 --respond-body x", "--respond-body is for --respond"),
      ("listen 0 --insecure", "--insecure is for --forward or --route"),
      ("listen 0 --forward-timeout 1s", "--forward-timeout is for --forward or --route"),
      ("listen 0 --route order.*", "--route: expected a pattern and a URL"),
      ("listen 0 --bind example.com", "--bind: expected an address"),
      ("listen 0 --forward 70000", "--forward: expected"),
      ("listen 0 --bind 192.0.2.1", "this machine has no address 192.0.2.1"),
      ("listen --stop 4000", "nothing is listening on port 4000"),
      ("deliveries --count 1", "--count is for --follow"), ("deliveries --timeout 1s", "--timeout is for --follow"),
      ("deliveries --follow --port 4000", "nothing is listening on port 4000"),
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
