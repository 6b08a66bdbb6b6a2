import Interpreter

/// The line that tells how far long work has come.
enum ProgressText {
  /// `replay: 1,204 of 4,000 done, 3 failed, 45/s, about 2m left`.
  /// - Parameter waiting: how much longer the work waits because the server asked for it.
  static func line(_ progress: WorkProgress, waiting: Duration?) -> String {
    let total = progress.total.map { " of \(grouped($0))" } ?? ""
    var parts = ["\(grouped(progress.done))\(total) done"]
    if progress.failed > 0 { parts.append("\(grouped(progress.failed)) failed") }
    if let waiting {
      let seconds = max(1, waiting.components.seconds + (waiting.components.attoseconds > 0 ? 1 : 0))
      parts.append("waiting \(seconds) s as the server asked (Retry-After)")
    } else if let rate = progress.rate, rate.isFinite, rate > 0 {
      if let text = text(ofRate: rate) { parts.append(text) }
      if let left = progress.total.map({ $0 - progress.done - progress.failed }), left > 0 {
        parts.append("about \(text(ofSeconds: Double(left) / rate)) left")
      }
    }
    return "\(progress.verb): \(parts.joined(separator: ", "))"
  }

  /// `events list: 12,000 read`.
  static func reading(_ name: String, _ count: Int) -> String { "\(name): \(grouped(count)) read" }

  private static func text(ofRate rate: Double) -> String? {
    switch rate {
    case 10...: "\(grouped(Int(min(rate, 1e12).rounded())))/s"
    case 1...: "\(Int(rate)).\(Int(rate * 10) % 10)/s"
    case (1 / 60)...: "\(Int((rate * 60).rounded()))/min"
    default: nil
    }
  }

  private static func text(ofSeconds seconds: Double) -> String {
    let seconds = Int(min(seconds, 1e12).rounded(.up))
    return switch seconds {
    case ..<60: "\(seconds)s"
    case ..<3600: "\((seconds + 30) / 60)m"
    case ..<172_800: "\(seconds / 3600)h \(seconds % 3600 / 60)m"
    default: "\(seconds / 86400)d"
    }
  }

  /// `1,204`.
  private static func grouped(_ number: Int) -> String {
    var digits = Array(String(number.magnitude))
    for index in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: index) }
    return (number < 0 ? "-" : "") + String(digits)
  }
}
