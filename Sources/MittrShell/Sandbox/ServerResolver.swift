import Basics
import Interpreter
import MittrSDK
import ShellCommands

/// Decides which server the session talks to, and starts a sandbox if it is that one. Nothing happens before the first
/// request.
final class ServerResolver {
  enum Target: Equatable {
    case sandbox(file: String?)
    case server(baseURL: String, apiKey: APIKeySource, projectID: String?)
    case noKey
  }

  private(set) var target: Target
  /// Whether the sandbox was chosen because there was no key.
  let fellBackToSandbox: Bool
  /// The name of the profile that decided the target, or had a part in it.
  private(set) var profileName: String?
  /// How long one request may take.
  private let timeout: Duration
  /// The proxies and the authorities of the environment.
  private let network: NetworkConfiguration
  /// The authorities that the profile names, which go before those of the environment.
  private var caFile: String?
  private var sandbox: SandboxProcess?
  /// Told before a request changes something.
  var willChange: @Sendable () -> Void = {}
  /// Told a key that a command printed, before a request has it.
  var willUseKey: @Sendable (String) -> Void = { _ in }
  /// Told why nothing happens for a while.
  var willWait: (String) -> Void = { _ in }
  private var transport: ChangeNotingTransport?
  private let sandboxFile: String?
  private let environment: [String: String]
  private let newIdempotencyKey: @Sendable () -> String

  /// The name under which the sandbox stands among the profiles.
  static let sandboxName = "sandbox"

  /// - Throws: a failure when the profile asked for cannot be had.
  init(
    options: ServerOptions, environment: [String: String], isInteractive: Bool,
    newIdempotencyKey: @escaping @Sendable () -> String = { UUID.random() }
  ) throws(Failure) {
    self.newIdempotencyKey = newIdempotencyKey
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    timeout = options.timeout ?? .seconds(30)
    sandboxFile = options.sandboxFile
    network = NetworkConfiguration(environment: environment)
    self.environment = environment
    if options.usesSandbox {
      target = .sandbox(file: options.sandboxFile)
      fellBackToSandbox = false
      return
    }
    // The environment goes before the profile, the profile before the defaults.
    let profile = try Self.profile(options, environment)
    profileName = profile?.name
    caFile = profile?.caFile
    let baseURL = options.baseURL ?? variable("MITTR_BASE_URL") ?? profile?.baseURL
    var fallsBack = false
    if let key = variable("MITTR_API_KEY").map({ APIKeySource.text($0) }) ?? profile?.apiKey {
      target = .server(
        baseURL: baseURL ?? Mittr.defaultBaseURL, apiKey: key,
        projectID: variable("MITTR_PROJECT_ID") ?? profile?.projectID)
    } else if isInteractive, baseURL == nil {
      target = .sandbox(file: nil)
      fallsBack = true
    } else {
      target = .noKey
    }
    fellBackToSandbox = fallsBack
  }

  /// The file is read only where it can matter.
  private static func profile(
    _ options: ServerOptions, _ environment: [String: String]
  ) throws(Failure) -> ConfigurationFile.Profile? {
    guard options.readsConfiguration else {
      guard options.profile == nil else { throw Failure(.usage, "--profile and --no-config exclude each other") }
      return nil
    }
    let isWanted = options.profile != nil || (environment["MITTR_API_KEY"] ?? "").isEmpty
    return isWanted ? try ConfigurationFile(environment)?.profile(options.profile) : nil
  }

  /// Lets the next connection go where a profile says, whatever the environment says.
  func use(_ profile: ConfigurationFile.Profile) throws(Failure) {
    let (url, key) = try Self.checked(profile)
    target = .server(baseURL: url, apiKey: key, projectID: profile.projectID)
    profileName = profile.name
    caFile = profile.caFile
  }

  /// A client of a profile's server, with connections of its own, which whoever asked shuts down. The session stays where
  /// it is.
  func client(of profile: ConfigurationFile.Profile) async throws(Failure) -> Mittr {
    let (url, source) = try Self.checked(profile)
    let key = try await key(source, of: profile.name)
    let network = profile.caFile.map(network.trusting(caFile:)) ?? network
    return Mittr(
      apiKey: key, baseURL: url, projectID: profile.projectID, transport: AsyncHTTPTransport(network: network),
      timeout: timeout)
  }

  /// The same for the sandbox, which is started if it does not run.
  func clientOfSandbox() async throws(Failure) -> Mittr {
    let process = try await sandboxProcess(sandboxFile)
    return Mittr(
      apiKey: Self.sandboxKey, baseURL: process.baseURL,
      transport: AsyncHTTPTransport(network: network.withoutProxies()), timeout: timeout)
  }

  /// Where the sandbox that runs listens.
  var sandboxURL: String? { sandbox?.baseURL }

  /// Where a profile leads, and with which key.
  private static func checked(
    _ profile: ConfigurationFile.Profile
  ) throws(Failure) -> (baseURL: String, apiKey: APIKeySource) {
    // No other key is sent to the profile's server.
    guard let key = profile.apiKey, key != .text("") else {
      throw Failure("no-api-key", "the profile '\(profile.name)' has no api_key")
    }
    let url = profile.baseURL ?? Mittr.defaultBaseURL
    guard Mittr(apiKey: key.text ?? "key", baseURL: url).baseURL != nil else {
      throw Failure(
        "bad-profile",
        "the profile '\(profile.name)' cannot be used: base_url is an http or https URL, and api_key one line of text")
    }
    return (url, key)
  }

  private func key(_ source: APIKeySource, of profile: String) async throws(Failure) -> String {
    switch source {
    case .text(let key): return key
    case .command(let command):
      let key = try await KeyCommand(command: command, profile: profile, environment: environment).key()
      willUseKey(key)
      return key
    }
  }

  /// Lets the next connection go to the sandbox, the one that runs already if there is one.
  func useSandbox() {
    target = .sandbox(file: sandboxFile)
    profileName = nil
  }

  func connect() async throws(Failure) -> Mittr {
    switch target {
    case .server(let baseURL, let apiKey, let projectID):
      let network = caFile.map(network.trusting(caFile:)) ?? network
      let key = try await key(apiKey, of: profileName ?? "")
      return await client(apiKey: key, baseURL: baseURL, projectID: projectID, by: network)
    case .sandbox(let file):
      let process = try await sandboxProcess(file)
      // No proxy leads to a process of this machine.
      return await client(apiKey: Self.sandboxKey, baseURL: process.baseURL, by: network.withoutProxies())
    case .noKey:
      throw Failure(
        "no-api-key", "there is no API key", help: "set MITTR_API_KEY, or add --sandbox to use a local server")
    }
  }

  /// The sandbox that runs already, or one that is started.
  private func sandboxProcess(_ file: String?) async throws(Failure) -> SandboxProcess {
    if let sandbox { return sandbox }
    try await SandboxBuild(executable: Self.sandboxExecutable).finish(willWait: willWait)
    let process = try SandboxProcess(executable: Self.sandboxExecutable, file: file, environment: environment)
    sandbox = process
    return process
  }

  private func client(
    apiKey: String, baseURL: String, projectID: String? = nil, by network: NetworkConfiguration
  ) async -> Mittr {
    if let old = transport, old.network != network {
      await old.shutdown()
      transport = nil
    }
    let transport = transport ?? ChangeNotingTransport(network, willChange)
    self.transport = transport
    return Mittr(
      apiKey: apiKey, baseURL: baseURL, projectID: projectID, transport: transport, timeout: timeout,
      environment: ClientEnvironment(newIdempotencyKey: newIdempotencyKey))
  }

  /// Closes the connections and ends the sandbox, if there are any.
  func stop() async {
    await transport?.shutdown()
    transport = nil
    sandbox?.stop()
    sandbox = nil
  }

  /// What stays the same of a server from one run to the next, where its address does not: a sandbox that keeps its data in
  /// a file has another port each time.
  var identity: String? {
    if case .sandbox(let file?) = target { "sandbox \(file)" } else { nil }
  }

  /// What prompts and questions show: the sandbox, or the server's host and the profile that named it.
  var place: String {
    switch target {
    case .sandbox: "sandbox"
    case .noKey: "no key"
    case .server(let baseURL, _, _):
      Self.authority(baseURL) + (profileName.map { " (\(DisplayWidth.fitted($0, width: 40)))" } ?? "")
    }
  }

  /// Whether the session talks to the hosted platform, where real events are.
  var isHosted: Bool {
    guard case .server(let baseURL, _, _) = target else { return false }
    func host(_ url: String) -> String { String(Self.authority(url).lowercased().prefix { $0 != ":" }) }
    return host(baseURL) == host(Mittr.defaultBaseURL)
  }

  /// A URL's host and port, without a name and a password before them.
  private static func authority(_ url: String) -> String {
    let authority = url.drop { $0 != "/" }.drop { $0 == "/" }.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return authority.split(separator: "@").last.map(String.init) ?? ""
  }

  static let sandboxKey = "mtr_sandbox"

  /// `mittr-sandbox` lies beside `mittr`.
  private static var sandboxExecutable: String {
    let path = ExecutablePath.current ?? CommandLine.arguments[0]
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    return folder + "mittr-sandbox"
  }
}
