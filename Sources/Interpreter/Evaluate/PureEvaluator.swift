import OrderedJSON

/// Computes expressions at once: no waiting, no side effects.
///
/// This is the hot path of a filter. What would take a request or a file is an `Effect`: evaluation stops there with
/// `Suspension.needs`, the caller performs the effect, adds its answer and evaluates again. Since evaluation has no side
/// effects, and `and`, `or`, `??` and `if` go the same way again, each effect is performed once and only when reached.
struct PureEvaluator {
  enum Suspension: Error {
    case failure(Failure)
    case needs(Effect)
  }

  let scope: Scope
  let item: JSONValue?
  /// The answers to effects so far, by their number.
  var answers: [Int: JSONValue] = [:]
  /// What variables held when an effect behind them was performed, by where they stand: it may have changed them since.
  var readings: [Int: JSONValue] = [:]
  /// Notes which fields of the items exist.
  var observer: FieldObserver?
  /// Stands for what is not known where nothing may be run, such as the answer to an effect.
  var unknown: JSONValue?

  func value(of expression: Expression) throws(Suspension) -> JSONValue {
    switch expression.kind {
    case .literal(let value): return value
    case .missing: return .null
    case .path(let base, let steps): return try path(base, steps)
    case .binary(let operation, let left, let right, let span):
      let first = try value(of: left)
      switch operation {
      case .and: return first.isTrue ? .bool(try value(of: right).isTrue) : false
      case .or: return first.isTrue ? true : .bool(try value(of: right).isTrue)
      case .coalesce: return first.isNull ? try value(of: right) : first
      default: return try Operators.apply(operation, first, try value(of: right), at: span, pattern: right.span)
      }
    case .not(let operand): return .bool(!(try value(of: operand).isTrue))
    case .variable(let name):
      if !readings.isEmpty, let value = readings[expression.span.start] { return value }
      guard let value = scope.value(of: name) else {
        if let unknown { return unknown }
        throw .failure(Self.unbound(name, expression.span))
      }
      return value
    case .item:
      guard let item = item ?? unknown else { throw .failure(Self.noItem(expression.span)) }
      return item
    case .interpolation(let parts):
      var text = ""
      for part in parts { text += try value(of: part).text }
      return .string(text)
    case .list(let items):
      var values: [JSONValue] = []
      for item in items { values.append(try value(of: item)) }
      return try bounded(.array(values), expression.span)
    case .record(let pairs):
      var record = JSONObject()
      for pair in pairs { record[try value(of: pair.key).text] = try value(of: pair.value) }
      return try bounded(.object(record), expression.span)
    case .negate(let operand):
      return try negative(try value(of: operand), expression.span)
    case .effect(let effect):
      guard let answer = answers[effect.number] ?? unknown else { throw .needs(effect) }
      return answer
    }
  }

  /// Keeps what the variables hold that stand before an effect, since it is about to be performed.
  mutating func keepReadings(in expression: Expression, before effect: Effect) {
    guard effect.canSetVariables, expression.span.start < effect.span.start else { return }
    expression.forEachVariable { name, span in
      guard span.end <= effect.span.start, readings[span.start] == nil else { return }
      readings[span.start] = scope.value(of: name)
    }
  }

  private func negative(_ value: JSONValue, _ span: SourceSpan) throws(Suspension) -> JSONValue {
    guard case .number(let number) = value else { throw .failure(Self.notNegatable(value, span)) }
    do throws(Number.ArithmeticError) {
      return .number(try Number.compute(.subtract, JSONNumber(0), number))
    } catch {
      throw .failure(Failure(.overflow, "-(\(number.text)) does not fit 64 bits", at: span))
    }
  }

  /// Values that nest without end would sooner or later exhaust the stack of any code that walks them.
  private func bounded(_ value: JSONValue, _ span: SourceSpan) throws(Suspension) -> JSONValue {
    guard !value.isNested(deeperThan: JSONValue.deepestNesting) else { throw .failure(.nestedTooDeeply(at: span)) }
    return value
  }

  private func path(_ base: Expression, _ steps: [PathStep]) throws(Suspension) -> JSONValue {
    var current = try value(of: base)
    if let observer, case .item = base.kind, case .key(let key)? = steps.first?.kind {
      observer.see(key, at: steps[0].span, in: current)
    }
    for step in steps {
      let plain: Path.Step
      switch step.kind {
      case .key(let key): plain = .key(key)
      case .index(let index): plain = .index(index)
      case .computed(let expression):
        switch try value(of: expression) {
        case .string(let key, _): plain = .key(key)
        case .number(let number) where number.int != nil: plain = .index(number.int ?? 0)
        case let other: throw .failure(Self.badIndex(other, step.span))
        }
      case .missing: continue
      }
      do throws(PathError) {
        current = try plain.value(in: current)
      } catch {
        if let unknown { return unknown }
        guard step.isOptional, error.canBeNull else {
          throw .failure(Failure(.noSuchField, error.message, at: step.span, help: error.help ?? Self.optionalHelp))
        }
        return .null
      }
    }
    return current
  }
}

extension PureEvaluator {
  private static let optionalHelp = "a ? behind the field makes it null instead"

  private static func unbound(_ name: String, _ span: SourceSpan) -> Failure {
    Failure(.unknownVariable, "there is no variable $\(name)", at: span)
  }

  private static func noItem(_ span: SourceSpan) -> Failure {
    Failure(
      .noItem, "there is no item here that '.' could stand for", at: span,
      help: "inside each, where and the like there is")
  }

  private static func notNegatable(_ value: JSONValue, _ span: SourceSpan) -> Failure {
    Failure(.typeMismatch, "'-' does not go before \(value.kindWithArticle)", at: span)
  }

  private static func badIndex(_ value: JSONValue, _ span: SourceSpan) -> Failure {
    let got = if case .number(let number) = value { number.text } else { value.kindWithArticle }
    return Failure(.badIndex, "expected a key or a whole number, got \(got)", at: span)
  }
}
