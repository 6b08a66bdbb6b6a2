/// What the command line says of the server to talk to.
struct ServerOptions {
  var usesSandbox = false
  /// Where the sandbox keeps its data; nil is memory.
  var sandboxFile: String?
  var baseURL: String?
  /// How long one request may take.
  var timeout: Duration?
  /// The profile that is asked for.
  var profile: String?
  /// Whether the configuration file is read.
  var readsConfiguration = true
}
