/// How servers are reached, and who vouches for them.
package struct NetworkSettings: Sendable, Hashable {
  package var authorities = Authorities.system
  package var proxies = ProxySettings()
  /// What servers that ask for it are shown; nil for nothing.
  package var identity: ClientIdentity?

  /// Without a proxy, with the system's authorities.
  package init() {}

  /// What curl would read from these variables. Nothing else is read from the environment.
  package init(environment: [String: String]) {
    authorities = Authorities(environment: environment)
    proxies = ProxySettings(environment: environment)
  }
}
