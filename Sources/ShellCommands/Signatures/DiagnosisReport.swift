import MittrWebhooks
import OrderedJSON

extension SignatureReport {
  /// What `verify` shows to a person instead of the diagnosis's record.
  var record: JSONObject { JSONObject(rows.map { ($0.label, .string($0.text)) }) }
}
