/// How the sandbox tells its clients that it does not do all that the platform does.
package enum SandboxNotice {
  /// The header of an answer that has the text. Nobody but the sandbox sets it.
  package static let headerName = "X-Sandbox-Notice"

  /// For an endpoint that was given a transformation.
  package static let transformation =
    "the sandbox stores a transformation and does not run it; deliveries have the payload as it was sent"
}
