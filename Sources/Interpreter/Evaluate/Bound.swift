public import OrderedJSON

/// An expression over items, with the variables it may use. Evaluating one without effects never waits.
public final class BoundExpression {
  private let expression: Expression
  private let evaluator: Evaluator
  private let observer: FieldObserver
  private let scope: Scope
  /// The answers to effects that are the same for every item.
  private var constants: [Int: JSONValue] = [:]

  init(_ expression: Expression, evaluator: Evaluator, scope: Scope, observer: FieldObserver) {
    self.expression = expression
    self.evaluator = evaluator
    self.scope = scope
    self.observer = observer
  }

  public func value(for item: JSONValue) async throws(Interruption) -> JSONValue {
    observer.begin(item)
    var pure = PureEvaluator(scope: scope, item: item, observer: observer)
    while true {
      pure.answers = constants
      do throws(PureEvaluator.Suspension) {
        return try pure.value(of: expression)
      } catch {
        switch error {
        case .failure(let failure): throw Task.isCancelled ? .cancelled : observer.about(item, .failure(failure))
        case .needs(let effect) where effect.isConstantPerStage:
          let alone = Expression(kind: .effect(effect), span: effect.span)
          constants[effect.number] = try await evaluator.value(of: alone, scope: scope, item: nil)
        case .needs:
          do throws(Interruption) {
            return try await evaluator.value(of: expression, scope: scope, item: item, observer: observer)
          } catch {
            throw observer.about(item, error)
          }
        }
      }
    }
  }
}

/// A block that is run for each item, in a scope of its own each time.
public final class BoundBlock {
  private let block: Block
  private let evaluator: Evaluator
  private let observer: FieldObserver
  private let scope: Scope

  init(_ block: Block, evaluator: Evaluator, scope: Scope, observer: FieldObserver) {
    var evaluator = evaluator
    evaluator.observer = observer
    self.block = block
    self.evaluator = evaluator
    self.observer = observer
    self.scope = scope
  }

  /// What the block's statements yield for the item, which is `.` in them.
  public func items(for item: JSONValue) async throws(Interruption) -> ItemStream {
    observer.begin(item)
    let output: Output
    do throws(Interruption) {
      output = try await evaluator.output(of: block, in: Scope(inside: scope), item: item)
    } catch {
      throw observer.about(item, error)
    }
    switch output {
    case .nothing: return ItemStream([])
    // A list that a block yields is one result, not many.
    case .value(let value, let kind): return ItemStream([value], kind: kind)
    case .stream(let stream):
      return ItemStream(
        kind: stream.kind, expecting: { stream.expect(atMost: $0) }, hinting: { stream.expect(about: $0) },
        cleanUp: { await stream.close() },
        pull: { [observer] () async throws(Interruption) -> JSONValue? in
          do throws(Interruption) { return try await stream.next() } catch { throw observer.about(item, error) }
        })
    }
  }
}

/// Paths into items.
public final class BoundPaths {
  private let paths: [(path: Path, span: SourceSpan)]
  private let observer: FieldObserver

  init(_ paths: [(path: Path, span: SourceSpan)], observer: FieldObserver) {
    self.paths = paths
    self.observer = observer
  }

  public var isEmpty: Bool { paths.isEmpty }
  /// The texts of the paths, in the order given.
  var names: [String] { paths.map { $0.path.text } }

  /// The texts of the paths and their values in the item, in the order given.
  public func values(in item: JSONValue) throws(Interruption) -> [(name: String, value: JSONValue)] {
    observer.begin(item)
    var values: [(name: String, value: JSONValue)] = []
    for (path, span) in paths { values.append((path.text, try value(of: path, span, in: item))) }
    return values
  }

  /// The value at the first path, or the item itself when there is none.
  public func value(in item: JSONValue) throws(Interruption) -> JSONValue {
    guard let first = paths.first else { return item }
    observer.begin(item)
    return try value(of: first.path, first.span, in: item)
  }

  /// The item without the fields at the paths.
  public func removed(from item: JSONValue) throws(Interruption) -> JSONValue {
    observer.begin(item)
    var rest = item
    for (path, span) in paths {
      if let key = path.firstKey { observer.see(key, at: span, in: item) }
      do throws(PathError) {
        rest = try path.removed(from: rest)
      } catch {
        throw observer.about(item, .failure(Failure(.noSuchField, error.message, at: span, help: error.help)))
      }
    }
    return rest
  }

  /// The item with another name for the field at the first path.
  func renamed(_ item: JSONValue, to name: String) throws(Interruption) -> JSONValue {
    guard let (path, span) = paths.first else { return item }
    observer.begin(item)
    if let key = path.firstKey { observer.see(key, at: span, in: item) }
    do throws(Failure) {
      return try path.renamed(in: item, to: name)
    } catch {
      throw Task.isCancelled ? .cancelled : observer.about(item, .failure(error.located(at: span)))
    }
  }

  /// Refuses `.`, which is the item itself and no field of it.
  public func requireFields() throws(Interruption) {
    for (path, span) in paths where path.steps.isEmpty {
      throw .failure(Failure(.badArgument, "'.' is the item itself, not a field of it", at: span))
    }
  }

  private func value(of path: Path, _ span: SourceSpan, in item: JSONValue) throws(Interruption) -> JSONValue {
    if let key = path.firstKey { observer.see(key, at: span, in: item) }
    do throws(PathError) {
      return try path.value(in: item)
    } catch {
      throw observer.about(item, .failure(Failure(.noSuchField, error.message, at: span, help: error.help)))
    }
  }
}
