import Synchronization
import Testing
import WebhookReceiver

@testable import ShellCommands

@Suite("What listen refuses")
struct RefusalNoticeTests {
  @Test("is told, a line a second at most, with how many were left out")
  func notices() {
    let time = Mutex(Duration.zero)
    let lines = Mutex<[String]>([])
    let notices = RefusalNotices(
      uptime: { time.withLock { $0 } }, notify: { line in lines.withLock { $0.append(line) } })
    for refusal: ReceiverRefusal in [.bodyTooLarge(10), .tls, .http2] { notices.tell(refusal) }
    time.withLock { $0 += .milliseconds(999) }
    notices.tell(.notHTTP)
    time.withLock { $0 += .milliseconds(1) }
    notices.tell(.tls)
    time.withLock { $0 += .seconds(1) }
    notices.tell(.tooManyConnections(128))
    let told = lines.withLock { $0 }
    #expect(
      told == [
        "listen: answered 413: the body is larger than 10 bytes (--max-body)",
        "listen: answered 400: TLS was spoken, and this port has none: the URL begins with http://; "
          + "3 more since the last line",
        "listen: closed the connection: there are 128 connections already",
      ])
  }

  @Test(
    "an address that others reach is told by its name",
    arguments: [
      ("127.0.0.2", nil), ("::1", nil), ("0.0.0.0", "every address of this machine"), ("::", "every address"),
      ("192.168.1.5", "it listens at 192.168.1.5"),
    ] as [(String, String?)])
  func openness(host: String, part: String?) {
    let text = ListenCommand.openness(host)
    #expect((text == nil) == (part == nil))
    if let part { #expect(text?.contains(part) == true) }
  }
}
