import Foundation
import TestSupport
import Testing

/// The commands that `sign --as curl` answers, run by a real `sh` with a `curl` that writes down what it is given.
@Suite("sign --as curl", .timeLimit(.minutes(1)))
struct CurlCommandTests {
  static let bodies: [[UInt8]] = [
    [], Array("{}".utf8), Array(#"{"a": "it's \"quoted\" $HOME `id` \\ !"}"#.utf8), Array("@/etc/passwd".utf8),
    Array("two\nlines\n".utf8), Array("-x\t".utf8), Array("--\u{0}".utf8), Array("100% \\n %s\t'".utf8),
    Array(UInt8.min...UInt8.max),
    Array("Zoë 🚀 \u{202E}".utf8),
    Array(repeating: UInt8(ascii: "'"), count: 120_000),
  ]

  @Test("a shell hands exactly the body and the headers to curl", arguments: bodies.indices)
  func run(index: Int) async throws {
    let body = Self.bodies[index]
    let signed = await CommandRun(
      "sign --body @b --secret whsec_hidden --timestamp 5 --as curl --url $args.0", files: ["b": body],
      arguments: ["http://127.0.0.1:4000/it's?a[0]=1"])
    #expect(signed.status == 0, "\(signed.errors)")
    #expect(!signed.output.contains("whsec_hidden"))
    let folder = try TemporaryFolder()
    _ = folder.write(
      """
      #!/bin/sh
      cd '\(folder.path)'
      : > words
      for word in "$@"; do printf '%s\\0' "$word" >> words; last=$word; done
      if [ "$last" = @- ]; then cat > body; else printf %s "$last" > body; fi
      """, to: "curl", mode: 0o700)
    let script = folder.write(signed.output, to: "script", mode: 0o600)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [script]
    process.environment = ["PATH": "\(folder.path):/usr/bin:/bin"]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let received = try Array(Data(contentsOf: URL(filePath: folder.path + "/body")))
    #expect(received == body)
    let words = TemporaryFolder.read(folder.path + "/words").split(separator: "\0", omittingEmptySubsequences: false)
    #expect(words.prefix(5) == ["--globoff", "--request", "POST", "--url", "http://127.0.0.1:4000/it's?a[0]=1"])
    let signature = await CommandRun(
      "sign --body @b --secret whsec_hidden --timestamp 5 | get X-Mittr-Signature", files: ["b": body])
    #expect(words.contains("X-Mittr-Signature: \(signature.output.dropLast())"))
    #expect(words.contains("X-Mittr-Timestamp: 5"))
  }

  @Test("it needs a URL, and takes none that is no URL")
  func urls() async {
    #expect(await CommandRun("sign --body x --secret s --as curl").errors.contains("needs --url"))
    #expect(await CommandRun("sign --body x --secret s --url http://a").errors.contains("--url is for --as curl"))
    #expect(await CommandRun("sign --body x --secret s --as curl --url -x").errors.contains("expected a URL"))
    let run = await CommandRun(
      "let r = listen 0; assert ((sign --body x --secret s --as curl) contains \"'\\($r.url)'\")")
    #expect(run.errors == "")
  }
}
