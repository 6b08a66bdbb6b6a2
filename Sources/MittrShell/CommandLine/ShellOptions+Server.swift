extension ShellOptions {
  /// What they say of the server to talk to.
  var server: ServerOptions {
    ServerOptions(
      usesSandbox: sandbox, sandboxFile: sandboxFile, baseURL: baseURL, timeout: timeout?.duration, profile: profile,
      readsConfiguration: !noConfig)
  }
}
