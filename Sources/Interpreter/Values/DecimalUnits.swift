import OrderedJSON

/// A decimal as a whole number of units of 10^-scale.
struct DecimalUnits {
  let units: Int128
  let scale: Int

  init(units: Int128, scale: Int) {
    self.units = units
    self.scale = scale
  }

  /// Nil when it has more digits than fit, or an exponent beyond 100.
  init?(_ number: JSONNumber) {
    let parts = number.text.split { $0 == "e" || $0 == "E" }
    guard let first = parts.first else { return nil }
    let mantissa = first.split(separator: ".")
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    guard let units = Int128(mantissa[0] + fraction), let power = parts.count > 1 ? Int(parts[1]) : 0,
      power.magnitude <= 100
    else { return nil }
    self.units = units
    scale = fraction.utf8.count - power
  }

  /// The units at a scale that is no smaller; nil when they do not fit.
  func scaled(to scale: Int) -> Int128? {
    var units = units
    for _ in self.scale..<max(scale, self.scale) {
      let (product, overflows) = units.multipliedReportingOverflow(by: 10)
      if overflows { return nil }
      units = product
    }
    return units
  }

  /// Written without zeros at the end of the fraction.
  var number: JSONNumber? {
    var digits = String(units.magnitude)
    guard scale > 0 else { return JSONNumber((units < 0 ? "-" : "") + digits + (units == 0 ? "" : zeros(-scale))) }
    if digits.count <= scale { digits = zeros(scale + 1 - digits.count) + digits }
    var fraction = digits.suffix(scale)
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return JSONNumber((units < 0 ? "-" : "") + digits.dropLast(scale) + (fraction.isEmpty ? "" : ".") + fraction)
  }

  private func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
}
