import OrderedJSON
import Testing

@Suite("What verify is given")
struct VerifyInputTests {
  static let digest = "v1=99711d69a5727a9118f88e4f8cd6607d0c5a5d6ee4e4b60c70679cdd15149029"
  static let body = #"{"orderId":"ord_123","amount":9900}"#
  private static let given = "--secret whsec_test --now 1706123456"

  private func reason(
    _ arguments: String, files: [String: String] = [:], standardInput: String = "", environment: [String: String] = [:]
  ) async -> String {
    let run = await CommandRun(
      "verify \(arguments) | get .reason", files: files.mapValues { Array($0.utf8) },
      standardInput: Array(standardInput.utf8), environment: environment)
    return run.errors.isEmpty ? String(run.output.dropLast()) : run.output + run.errors
  }

  @Test("raw requests, however their lines end", arguments: ["\n", "\r\n"])
  func rawRequests(lineEnd: String) async {
    let lines = [
      "POST /hook HTTP/1.1", "Host: a", "x-mittr-timestamp:1706123456", "X-Long: a", "  b: c",
      "X-MITTR-SIGNATURE:   \(Self.digest)  ", "", "",
    ]
    let head = lines.joined(separator: lineEnd)
    for text in [head + Self.body, lineEnd + head + Self.body] {
      #expect(await reason("--request r.http \(Self.given)", files: ["r.http": text]) == "ok")
      #expect(await reason("--request @r.http \(Self.given)", files: ["r.http": text]) == "ok")
      #expect(await reason("--request @- \(Self.given)", standardInput: text) == "ok")
      #expect(await reason("--request - \(Self.given)", standardInput: text) == "ok")
    }
    // As HTTP/2 shows it, without a request line.
    let dump = [":method: POST", ":path: /hook"] + lines.dropFirst()
    #expect(
      await reason("--request r \(Self.given)", files: ["r": dump.joined(separator: lineEnd) + Self.body]) == "ok")
  }

  @Test("A byte order mark before text is passed over, and before a body it is a part of it")
  func byteOrderMarks() async {
    let head = "POST / HTTP/1.1\nX-Mittr-Timestamp: 1706123456\nX-Mittr-Signature: \(Self.digest)\n\n"
    #expect(await reason("--request r \(Self.given)", files: ["r": "\u{FEFF}" + head + Self.body]) == "ok")
    let headers = #"{"X-Mittr-Timestamp": "1706123456", "X-Mittr-Signature": "\#(Self.digest)"}"#
    let files = [
      "h": "\u{FEFF}" + headers, "b": Self.body, "marked": "\u{FEFF}" + Self.body, "s": "\u{FEFF}whsec_test",
    ]
    #expect(await reason("--headers @h --body @b \(Self.given)", files: files) == "ok")
    #expect(await reason("--headers @h --body @b --secret-file s --now 1706123456", files: files) == "ok")
    #expect(await reason("--headers @h --body @marked \(Self.given)", files: files) == "body-bom")
  }

  @Test("a body in chunks is put together, one that is longer than it says is cut, and both are said")
  func framing() async {
    let head = "POST / HTTP/1.1\nX-Mittr-Timestamp: 1706123456\nX-Mittr-Signature: \(Self.digest)\n"
    let chunked = head + "Transfer-Encoding: chunked\n\n5;x\r\n{\"ord\r\n1e\r\n\(Self.body.dropFirst(5))\r\n0\r\n\r\n"
    let long = head + "Content-Length: \(Self.body.utf8.count)\n\n\(Self.body)\n\n"
    for (text, warning) in [
      (chunked, "warning[chunked-body]: the body was in chunks, and was put together\n"),
      (head + "Transfer-Encoding: chunked\n\n" + Self.body, "warning[chunked-body]: the headers say"),
      (long, "warning[extra-bytes]: 2 bytes behind the body, by its content-length, left out\n"),
    ] {
      let run = await CommandRun("verify --request r \(Self.given) | get .reason", files: ["r": Array(text.utf8)])
      #expect(run.output == "ok\n")
      #expect(run.errors.hasPrefix(warning))
    }
  }

  @Test("what is no request says what it is")
  func badRequests() async {
    for (text, message) in [
      ("", "the request is empty"), ("HTTP/1.1 200 OK\n\n", "this is an HTTP response, not a request"),
      ("POST / HTTP/1.1\n\n{}", "the request has no headers"),
      ("{\"a\"\n\nb", "line 1 is not understood: '{\"a\"'"),
      ("see x-mittr-signature", "it mentions X-Mittr-Signature, but no such header could be read"),
    ] {
      let run = await CommandRun("verify --request r \(Self.given)", files: ["r": Array(text.utf8)])
      #expect(run.errors.contains(message))
      #expect(run.status == 1)
    }
  }

  @Test("headers in every form that people have them in")
  func headers() async {
    let (timestamp, signature) = ("X-Mittr-Timestamp: 1706123456", "X-Mittr-Signature: \(Self.digest)")
    let curl = """
      *   Trying 127.0.0.1:4000...
      > POST /hook HTTP/1.1
      > Host: 127.0.0.1:4000
      > \(timestamp)
      > \(signature)
      >
      } [35 bytes data]
      < HTTP/1.1 401 Unauthorized
      < Content-Length: 9
      """
    let json = #"{"x-mittr-timestamp": "1706123456", "x-mittr-signature": ["\#(Self.digest)"], "n": 1, "z": null}"#
    for text in [
      "\(timestamp)\n\(signature)\n", "\(timestamp)\r\n\(signature)", "\(timestamp), \(signature)",
      "\(signature) \(timestamp)", curl, json,
    ] {
      #expect(
        await reason("--headers @h --body @b \(Self.given)", files: ["h": text, "b": Self.body]) == "ok", "\(text)")
    }
    #expect(await reason("--headers \(json) --body @b \(Self.given)", files: ["b": Self.body]) == "ok")
    #expect(
      await reason(
        "--headers '\(timestamp)' --headers '\(signature)' --body @b \(Self.given)", files: ["b": Self.body]) == "ok")
  }

  @Test("two sources of one thing are refused before anything is judged")
  func conflicts() async {
    for (arguments, message) in [
      ("--request r --body x", "--body has no place beside --request"),
      ("--request r --headers x", "--headers has no place beside --request"),
      ("--headers 'a: b' --signature x --body x", "--signature has no place beside --headers"),
    ] {
      let run = await CommandRun(
        "verify \(arguments) --secret s", files: ["r": Array("POST / HTTP/1.1\nA: b\n\n".utf8)])
      #expect(run.errors.hasPrefix("error[unexpected-argument]: \(message)"))
      #expect(run.status == 2)
    }
    let piped = await CommandRun("{headers: {}, body: \"\"} | verify --body x --secret s")
    #expect(piped.errors.hasPrefix("error[unexpected-argument]: --body has no place beside the pipe"))
  }

  @Test("where nobody can be asked, an error lists what is missing")
  func missing() async {
    for (arguments, message) in [
      ("", "'verify' needs --body and --headers, or --request"), ("--timestamp 1", "'verify' needs --body"),
      ("--body x", "'verify' needs --headers"), ("--body x --timestamp 1", "no secret was given"),
    ] {
      #expect(await CommandRun("verify \(arguments)").errors.contains(message))
    }
  }

  @Test("a secret's file may end with a line break, which is told when it matters")
  func secretFile() async {
    let arguments = "--signature \(Self.digest) --timestamp 1706123456 --body @b --now 1706123456"
    for (file, warns) in [("whsec_test", false), ("whsec_test\n", true), ("whsec_test\r\n", true)] {
      let run = await CommandRun(
        "verify \(arguments) --secret-file s | get .reason",
        files: ["s": Array(file.utf8), "b": Array(Self.body.utf8)])
      #expect(run.output == "ok\n")
      #expect(run.errors.contains("warning[secret-whitespace]") == warns)
    }
    let empty = await CommandRun("verify \(arguments) --secret-file s", files: ["s": [], "b": []])
    #expect(empty.errors.hasPrefix("error[missing-secret]"))
  }

  @Test("a delivery from the pipe is judged as at its time: one answer for one, a stream for a stream")
  func piped() async {
    let record =
      #"{"receivedAt": "2024-01-24T19:10:57.000Z", "headers": {"X-Mittr-Timestamp": "1706123456", "X-Mittr-Signature": "\#(Self.digest)"}, "body": "{\"orderId\":\"ord_123\",\"amount\":9900}"}"#
    let one = await CommandRun("\(record) | verify --secret whsec_test | get .age")
    #expect(one.output == "1\n")
    let all = await CommandRun("[\(record), \(record)] | verify --secret whsec_test | where .valid | count")
    #expect(all.output == "2\n")
    let base64 = await CommandRun(
      #"{headers: {"X-Mittr-Timestamp": "0", "X-Mittr-Signature": "v1=e49b2157d6a654df09d0a50aa57c9c3f07569a42fe7e773695ce6c9c5e89da15"}, bodyBase64: $args.0} | verify --now 0 --secret 'clé-🔑' | get .reason"#,
      arguments: [Self.everyByte])
    #expect(base64.output == "ok\n")
    for (value, message) in [
      ("3", "expected a delivery"), ("{headers: 1, body: \"\"}", "expected a delivery"),
      ("{headers: {}}", "there are headers, but no body"),
      ("{headers: {a: \"b\"}}", "there are headers, but no body"),
    ] {
      #expect(await CommandRun("\(value) | verify --secret s").errors.contains(message))
    }
  }

  @Test("a secret from standard input is read once for all deliveries")
  func secretFromStandardInput() async {
    let record =
      #"{headers: {"X-Mittr-Timestamp": "1706123456", "X-Mittr-Signature": "\#(Self.digest)"}, body: $args.0}"#
    let run = await CommandRun(
      "[\(record), \(record)] | verify --secret-file - --now 1706123456 | get .reason",
      standardInput: Array("whsec_test\n".utf8), arguments: [Self.body])
    #expect(run.output == "ok\nok\n", "\(run.errors)")
  }

  /// The 256 bytes 00…ff in base64, by Python.
  private static let everyByte =
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5fYGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn+AgYKDhIWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en6ChoqOkpaanqKmqq6ytrq+wsbKztLW2t7i5uru8vb6/wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t/g4eLj5OXm5+jp6uvs7e7v8PHy8/T19vf4+fr7/P3+/w=="

  @Test("a body of 8 MiB with every byte is taken as it is")
  func large() async throws {
    let body = Array(repeating: Array(UInt8.min...UInt8.max), count: 32_768).flatMap(\.self)
    let signed = await CommandRun("sign --body @b --secret s --timestamp 5 | get X-Mittr-Signature", files: ["b": body])
    let signature = String(signed.output.dropLast())
    let head = "POST / HTTP/1.1\nX-Mittr-Timestamp: 5\nX-Mittr-Signature: \(signature)\n\n"
    let run = await CommandRun(
      "verify --request r --secret s --now 5 | get .reason", files: ["r": Array(head.utf8) + body])
    #expect(run.output == "ok\n")
  }
}
