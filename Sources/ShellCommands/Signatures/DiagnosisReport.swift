import MittrWebhooks

extension SignatureDiagnosis {
  /// What `verify` shows to a person instead of the record.
  var report: String {
    var lines = ["\(valid ? "valid" : "not valid") (\(reason)\(proven ? "" : ", likely")): \(detail)"]
    if let expected { lines.append("  expected   \(expected)") }
    if let timestamp { lines.append("  timestamp  \(timestamp)\(age.map { ", \(Self.distance($0))" } ?? "")") }
    return lines.joined(separator: "\n")
  }

  private static func distance(_ age: Int) -> String { age < 0 ? "\(age.magnitude) s ahead" : "\(age) s ago" }
}
