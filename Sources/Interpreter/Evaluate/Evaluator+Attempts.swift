import OrderedJSON

extension Evaluator {
  /// What `try` yields. The block of `finally` runs once, at the end of what the others yield, however that comes about;
  /// what it yields itself is dropped.
  func output(of attempt: Attempt, in scope: Scope, item: JSONValue?) async throws(Interruption) -> Output {
    guard let block = attempt.cleanUp else { return try await guarded(attempt, in: scope, item: item) }
    var hasCleanedUp = false
    func cleanUp() async throws(Interruption) {
      guard !hasCleanedUp else { return }
      hasCleanedUp = true
      try await runToEnd(block, in: scope, item: item)
    }
    let output: Output
    do throws(Interruption) { output = try await guarded(attempt, in: scope, item: item) } catch {
      try await cleanUp()
      throw error
    }
    guard case .stream(let stream) = output else {
      try await cleanUp()
      return output
    }
    return .stream(
      ItemStream(
        kind: stream.kind, expecting: { stream.expect(atMost: $0) },
        cleanUp: {
          await stream.close()
          do throws(Interruption) { try await cleanUp() } catch {
            // Nobody waits for the items any more who could be told otherwise.
            if case .failure(let failure) = error { session.report(failure.located(in: source)) }
          }
        },
        pull: { () async throws(Interruption) -> JSONValue? in
          do throws(Interruption) {
            if let item = try await stream.next() { return item }
          } catch {
            try await cleanUp()
            throw error
          }
          try await cleanUp()
          return nil
        }))
  }

  /// Runs a block for what it does, also when everything around it was cancelled.
  private func runToEnd(_ block: Block, in scope: Scope, item: JSONValue?) async throws(Interruption) {
    guard Task.isCancelled else {
      return try await drain(try await output(of: block, in: Scope(inside: scope), item: item))
    }
    func run() async -> Interruption? {
      do throws(Interruption) {
        try await drain(try await output(of: block, in: Scope(inside: scope), item: item))
        return nil
      } catch {
        return error
      }
    }
    // It is awaited right here, so nobody else touches what it captures while it runs.
    nonisolated(unsafe) let body = run
    if let interruption = await Task(operation: { await body() }).value { throw interruption }
  }

  /// What the blocks of `try` and `catch` yield.
  private func guarded(_ attempt: Attempt, in scope: Scope, item: JSONValue?) async throws(Interruption) -> Output {
    func handle(_ error: Interruption) async throws(Interruption) -> Output {
      guard case .failure(let failure) = error else { throw error }
      session.owedFailure = nil
      guard let handler = attempt.handler else { return .nothing }
      let inner = Scope(inside: scope)
      if let name = attempt.errorName { inner.bind(name, to: .object(failure.record)) }
      return try await output(of: handler, in: inner, item: item)
    }
    do throws(Interruption) {
      let output = try await output(of: attempt.body, in: Scope(inside: scope), item: item)
      guard case .stream(let stream) = output else {
        try payOwed()
        return output
      }
      var handled: ItemStream?
      return .stream(
        ItemStream(
          kind: stream.kind, expecting: { stream.expect(atMost: $0) },
          cleanUp: {
            await stream.close()
            await handled?.close()
          },
          pull: { () async throws(Interruption) -> JSONValue? in
            if let handled { return try await handled.next() }
            do throws(Interruption) {
              if let item = try await stream.next() { return item }
              try payOwed()
              return nil
            } catch {
              let output = try await handle(error)
              if case .value(let value, _) = output { handled = ItemStream([value]) } else { handled = output.items }
              return try await handled?.next()
            }
          }))
    } catch {
      return try await handle(error)
    }
  }
}
