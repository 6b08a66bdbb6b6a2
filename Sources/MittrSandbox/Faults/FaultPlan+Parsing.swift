extension FaultPlan {
  /// Reads `NAME:RATE`, or `NAME:RATE@SCOPE`, separated by commas. `@deliveries` behind the last of several faults of
  /// deliveries is for all of them.
  /// - Throws: `SandboxError.invalidConfiguration`, which names what there is.
  public init(_ text: String) throws(SandboxError) {
    var rules: [Rule] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) { rules.append(try Rule(part)) }
    for index in rules.indices.dropLast().reversed()
    where rules[index].fault.isOfDelivery && rules[index].scope == nil && rules[index + 1].scope == .deliveries {
      rules[index].scope = .deliveries
    }
    for (index, rule) in rules.enumerated() {
      guard rule.fault.isOfDelivery == (rule.scope == .deliveries) else { throw Self.misplaced(rule) }
      guard !rules[..<index].contains(where: { $0.fault == rule.fault && $0.scope == rule.scope }) else {
        throw Self.twice(rule)
      }
    }
    for scopes: [FaultScope] in [[.reads], [.writes], [.writes, .replays], [.deliveries]] {
      let rates = rules.filter { $0.fault != .guarded && ($0.scope.map(scopes.contains) ?? (scopes != [.deliveries])) }
        .map(\.rate)
      // A sum such as that of ten times 0.1 may be a little more than it should be.
      guard rates.reduce(0, +) <= 1 + 1e-9 else { throw Self.tooMany }
    }
    self.init(rules: rules)
  }

  /// What can befall requests, for a help page: a line each.
  public static var manual: String { manual(of: Fault.ofRequests) }

  /// What can befall deliveries, for a help page: a line each.
  public static var deliveryManual: String { manual(of: Fault.ofDeliveries) }

  private static func manual(of faults: [Fault]) -> String {
    faults.map { fault in
      "  \(fault.rawValue)\(String(repeating: " ", count: 14 - fault.rawValue.utf8.count))\(fault.summary)"
    }.joined(separator: "\n")
  }
}

extension FaultPlan.Rule {
  fileprivate init(_ text: Substring) throws(SandboxError) {
    let text = text.trimming { $0 == " " }
    guard let colon = text.firstIndex(of: ":") else { throw FaultPlan.noRate(String(text)) }
    let (name, rest) = (String(text[..<colon]), text[text.index(after: colon)...])
    let parts = rest.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let fault = Fault(rawValue: name) else { throw FaultPlan.noSuchFault(name) }
    guard let rate = Double(parts[0]), 0...1 ~= rate else { throw FaultPlan.noSuchRate(String(parts[0]), of: name) }
    guard parts.count > 1 else {
      self.init(fault: fault, rate: rate, scope: nil)
      return
    }
    guard let scope = FaultScope(rawValue: String(parts[1])) else { throw FaultPlan.noSuchScope(String(parts[1])) }
    self.init(fault: fault, rate: rate, scope: scope)
  }
}

extension Substring {
  fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> Substring {
    var text = drop(while: isTrimmed)
    while let last = text.last, isTrimmed(last) { text.removeLast() }
    return text
  }
}

extension FaultPlan {
  private static var faultNames: String { Fault.allCases.map(\.rawValue).joined(separator: ", ") }

  fileprivate static func noRate(_ text: String) -> SandboxError {
    .invalidConfiguration("the fault '\(text)' has no rate; write it as 500:0.05; there are \(faultNames)")
  }

  fileprivate static func noSuchFault(_ name: String) -> SandboxError {
    .invalidConfiguration("there is no fault '\(name)'; there are \(faultNames)")
  }

  fileprivate static func noSuchRate(_ text: String, of name: String) -> SandboxError {
    .invalidConfiguration("the rate of '\(name)' must be a number from 0 to 1, not '\(text)'")
  }

  fileprivate static func noSuchScope(_ text: String) -> SandboxError {
    let names = FaultScope.allCases.map(\.rawValue).joined(separator: ", ")
    return .invalidConfiguration("a fault cannot be for '\(text)' only; it can be for \(names)")
  }

  private static func misplaced(_ rule: Rule) -> SandboxError {
    let name = rule.fault.rawValue
    func names(_ faults: [Fault]) -> String { faults.map(\.rawValue).joined(separator: ", ") }
    return .invalidConfiguration(
      rule.fault.isOfDelivery
        ? "the fault '\(name)' is of deliveries: write it as \(name):\(rule.rate)@deliveries; "
          + "of requests there are \(names(Fault.ofRequests))"
        : "the fault '\(name)' is of requests; of deliveries there are \(names(Fault.ofDeliveries))")
  }

  private static func twice(_ rule: Rule) -> SandboxError {
    .invalidConfiguration("the fault '\(rule.fault.rawValue)' is given twice")
  }

  private static var tooMany: SandboxError {
    .invalidConfiguration("the rates of the faults that may befall one request or one delivery add up to more than 1")
  }
}
