import Interpreter
import MittrWebhooks

/// Asks a person for the parts of a delivery, and again only for what was wrong.
struct DeliveryQuestions {
  let prompter: any Prompter
  let tell: (String) -> Void

  /// So often is one thing asked for.
  private static let most = 3

  /// The headers. Those without a signature are asked for once more: an empty answer says that there are no others.
  func headers() async throws(Interruption) -> DeliverySource {
    var failure = Failure(.noHeaders, .headers)
    var last: DeliverySource?
    for _ in 0..<Self.most {
      let bytes = try await prompter.text("Paste the headers; an empty line ends them:", until: .emptyLine)
      if bytes.isEmpty, let last { return last }
      do throws(DeliverySourceError) {
        let source = try DeliverySource(headers: bytes)
        let missing = source.missingHeader
        guard let missing else { return source }
        last = source
        tell("There is no \(missing) among them. If there are no others, press Enter.")
      } catch {
        failure = Failure(error, .headers)
        tell("These are no headers: \(error.description).")
      }
    }
    guard let last else { throw .failure(failure) }
    return last
  }

  /// - Parameters:
  ///   - given: what need not be asked for.
  ///   - length: what the headers say of it.
  func body(_ given: [UInt8]?, length: Int?) async throws(Interruption) -> [UInt8] {
    if let given { return given }
    let question = "Paste the body; Ctrl-D, or a line with nothing but a dot, ends it (no line break at its end):"
    let body = try await prompter.text(question, until: .dot)
    guard body.isEmpty, let length, length > 0 else { return body }
    tell("It is empty, and the headers say that it had \(length) bytes. If it was empty, end it at once.")
    return try await prompter.text(question, until: .dot)
  }

  /// The secret; nil when none was given.
  func secret() async throws(Interruption) -> String? {
    for attempt in 1...Self.most {
      let secret = try await prompter.secret("The endpoint's secret (it is not shown):")
      if !secret.isEmpty { return secret }
      if attempt < Self.most { tell("The secret is empty.") }
    }
    return nil
  }
}

extension DeliverySource {
  /// The name of one of the two headers that is not there.
  fileprivate var missingHeader: String? {
    [WebhookHeaderName.signature, WebhookHeaderName.timestamp].first { name in
      !headers.contains { $0.name.lowercased() == name.lowercased() }
    }
  }

  /// The body's length, as the headers say it.
  var contentLength: Int? { headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } }
}
