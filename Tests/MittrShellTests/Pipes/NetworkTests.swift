import Basics
import Dispatch
import Synchronization
import TestSupport
import Testing

@Suite("The shell on private networks", .timeLimit(.minutes(3)))
struct NetworkTests {
  @Test("an authority and a proxy of the environment, and ca_file of a profile, are used")
  func environment() async throws {
    let authority = try TestAuthority()
    let server = try TLSFileServer(
      try authority.identity("DNS:api.internal.invalid,DNS:localhost"), answering: #"{"id":"evt_1"}"#)
    let proxy = try TestProxy()
    let key = ["MITTR_API_KEY": "mtr_test"]
    let behindProxy = key.merging([
      "MITTR_BASE_URL": "https://api.internal.invalid:\(server.port)", "SSL_CERT_FILE": authority.file,
      "https_proxy": "http://\(proxy.address)",
    ]) { $1 }
    let code = "api GET /answer | get id"
    var end = try await ShellProcess.run("-c", code, environment: behindProxy)
    #expect(end.output == "evt_1\n" && end.status == 0, "\(end)")
    #expect(proxy.requests.count == 1)

    let unknown = key.merging(["MITTR_BASE_URL": "https://localhost:\(server.port)"]) { $1 }
    end = try await ShellProcess.run("-c", code, environment: unknown)
    #expect(end.status == 1 && end.output == "")
    #expect(end.errors.hasPrefix("error[TLS_UNKNOWN_AUTHORITY]: the certificate of localhost"), "\(end.errors)")

    let folder = try TemporaryFolder()
    mkdir(folder.path + "/mittr", 0o700)
    _ = folder.write(TemporaryFolder.read(authority.file), to: "mittr/company.pem")
    _ = folder.write(
      """
      [profiles.own]
      api_key = "mtr_test"
      base_url = "https://localhost:\(server.port)"
      ca_file = "company.pem"
      """, to: "mittr/config.toml")
    end = try await ShellProcess.run("--profile", "own", "-c", code, environment: ["XDG_CONFIG_HOME": folder.path])
    #expect(end.output == "evt_1\n" && end.errors == "", "\(end)")
  }

  @Test("the shell's own sandbox is reached whatever proxy is set")
  func sandbox() async throws {
    let proxy = try TestProxy()
    let variables = Dictionary(
      uniqueKeysWithValues: ["http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"].map {
        ($0, "http://\(proxy.address)")
      })
    let end = try await ShellProcess.run("--sandbox", "-c", "events list | first 2 | count", environment: variables)
    #expect(end.output == "2\n" && end.status == 0, "\(end)")
    #expect(proxy.requests.isEmpty)
  }

  @Test("64 answers at once that do not end take less than 300 MB, and each is an error with its code")
  func memory() async throws {
    let server = try SocketServer { connection in
      guard connection.readHead() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      let part = Array(("10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n").utf8)
      while connection.write(part) {}
    }
    let process = try ShellProcess(
      ["-c", "$args | replay --concurrency 64 | get .error.code"] + (0..<64).map { "evt_\($0)" },
      environment: ["MITTR_API_KEY": "mtr_test", "MITTR_BASE_URL": server.url])
    let peak = Peak(process.identifier)
    process.closeInput()
    let end = await process.end()
    #expect(end.status == 3, "\(end)")
    #expect(end.output.contains("RESPONSE_TOO_LARGE") || end.output.contains("OUTCOME_UNKNOWN"), "\(end)")
    #expect(peak.kilobytes > 0 && peak.kilobytes < 300_000, "\(peak.kilobytes) kB")
  }
}

/// The most memory that a process has had, as the system counts it, watched until it ends.
private final class Peak: Sendable {
  private let value = Mutex(0)

  var kilobytes: Int { value.withLock { $0 } }

  init(_ process: pid_t) {
    DispatchQueue(label: "peak").async { [weak self] in
      while let self {
        let status = TemporaryFolder.read("/proc/\(process)/status")
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
          let number = line.split(separator: " ").dropLast().last.flatMap({ Int($0.filter(\.isNumber)) })
        else { return }
        self.value.withLock { $0 = max($0, number) }
        usleep(5000)
      }
    }
  }
}
