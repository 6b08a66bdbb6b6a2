import Interpreter
import OrderedJSON

/// Whether a terminal shows an endpoint's secret, and what a person is told where it does not.
enum EndpointSecretDisplay {
  static let flag = Parameter.flag("show-secret", "show the secret on a terminal too, which hides it otherwise")

  /// Of the endpoints that a command yields.
  /// - Parameter id: of the one endpoint; nil for several.
  static func kind(id: String?) -> ItemKind { .endpoint.explaining(hiddenSecret: help(id ?? "ID")) }

  /// Lets the terminal show the endpoint's secret.
  static func reveal(_ endpoint: JSONObject, _ call: Call) {
    guard let secret = endpoint["secret"]?.stringValue, !secret.isEmpty else { return }
    call.session.rendering.reveal([secret])
  }

  private static func help(_ id: String) -> String {
    "the secret is hidden on a terminal: endpoints get \(id) --show-secret shows it; "
      + "with | get .secret | save FILE it goes to a file"
  }
}
