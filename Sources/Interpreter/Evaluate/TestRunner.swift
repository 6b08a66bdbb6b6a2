import OrderedJSON

/// Runs the tests of script files, and tells of each as the Test Anything Protocol, version 14, does.
///
/// Each test has a session of its own, in which the other statements of its file run first. What a session prints and
/// reports goes where its host says, which should be elsewhere than the protocol.
public struct TestRunner {
  /// A session for one test, and what is to be done once the test has ended.
  public struct TestSession {
    let session: Session
    let end: () async -> Void

    public init(_ session: Session, end: @escaping () async -> Void = {}) {
      self.session = session
      self.end = end
    }
  }

  private let output: any ByteSink
  private let clock: SessionClock
  private let makeSession: (SourceText) async throws(Failure) -> TestSession

  /// - Parameters:
  ///   - output: where the protocol goes.
  ///   - clock: what measures how long a test takes.
  ///   - makeSession: called for each file, to read it by, and again for each of its tests.
  public init(
    output: any ByteSink, clock: SessionClock,
    makeSession: @escaping (_ file: SourceText) async throws(Failure) -> TestSession
  ) {
    self.output = output
    self.clock = clock
    self.makeSession = makeSession
  }

  private struct TestCase {
    let name: String
    let file: SourceText
    /// nil for a file that cannot be read: it counts as a test that fails.
    let content: (program: Program, body: Block)?
    var reason: TestReport.Result.Reason?
  }

  /// Runs all tests of all files. Cancelling ends it after `Bail out!`.
  public func run(_ files: [SourceText]) async -> TestReport {
    var report = TestReport()
    var tests: [TestCase] = []
    for file in files { tests += await self.tests(of: file, &report) }
    write("TAP version 14\n1..\(tests.count)\(tests.isEmpty ? " # SKIP there is no test" : "")\n")
    for (index, test) in tests.enumerated() {
      let start = clock.uptime()
      var reason = test.reason
      if let (program, body) = test.content {
        switch await outcome(of: body, in: program) {
        case .passed: break
        case .failed(let found): reason = found
        case .interrupted:
          report.isInterrupted = true
          write("Bail out! interrupted\n")
          return report
        }
      }
      let result = TestReport.Result(
        name: test.name, file: test.file.name, duration: clock.uptime() - start, reason: reason)
      report.results.append(result)
      write(TestReport.tap(result, number: index + 1))
    }
    return report
  }

  private func write(_ text: String) {
    try? output.write(Array(text.utf8))
    // Who watches sees each test as it ends.
    try? output.flush(before: .work)
  }

  /// The tests that stand in a file.
  private func tests(of file: SourceText, _ report: inout TestReport) async -> [TestCase] {
    let given: TestSession
    do throws(Failure) { given = try await makeSession(file) } catch {
      let reason = TestReport.Result.Reason(message: error.message, code: error.code.rawValue, file: file.name, line: 1)
      return [TestCase(name: file.name, file: file, content: nil, reason: reason)]
    }
    let result = Parser.parse(file, in: given.session.parsingContext(.script))
    given.session.report(result)
    let wrong = result.diagnostics.first { $0.severity == .error }.map { error in
      Self.reason(Failure(error.code, error.message, at: error.span), file, given.session)
    }
    await given.end()
    guard wrong == nil else {
      report.hasFaultyFile = true
      return [TestCase(name: file.name, file: file, content: nil, reason: wrong)]
    }
    let program = result.program
    return program.block.statements.compactMap { statement in
      guard case .test(let name, let body) = statement.kind else { return nil }
      return TestCase(name: name, file: file, content: (program, body))
    }
  }

  private enum Outcome {
    case passed
    case failed(TestReport.Result.Reason)
    case interrupted
  }

  private func outcome(of body: Block, in program: Program) async -> Outcome {
    let given: TestSession
    do throws(Failure) { given = try await makeSession(program.source) } catch {
      return .failed(
        .init(message: error.message, code: error.code.rawValue, file: program.source.name, line: 1))
    }
    let session = given.session
    let interruption = await session.runTest(body, in: program)
    let outcome: Outcome
    switch interruption {
    case nil, .exit(0)?: outcome = .passed
    case .failure(let failure)?:
      session.report(failure)
      outcome = .failed(Self.reason(failure, program.source, session))
    case .exit(let status)?:
      let failure = Failure(.assertionFailed, "the test ended with exit \(status)", at: body.span)
      outcome = .failed(Self.reason(failure, program.source, session))
    case .cancelled?: outcome = .interrupted
    case .outputClosed?, .returned?, .leftRound?: outcome = .passed
    }
    await given.end()
    return Task.isCancelled ? .interrupted : outcome
  }

  private static func reason(_ failure: Failure, _ file: SourceText, _ session: Session) -> TestReport.Result.Reason {
    let source = failure.source ?? file
    let span = failure.span ?? SourceSpan(0, 0)
    let message = source.secrets(around: span).masked(message: failure.message)
    return .init(
      message: session.rendering.masked(message), code: failure.code.rawValue, file: source.name,
      line: source.position(of: span.start).line)
  }
}

extension Session {
  /// Runs a file's statements, and then one of its tests; answers what ended it early.
  fileprivate func runTest(_ body: Block, in program: Program) async -> Interruption? {
    rendering.learn(SecretValues(in: program.source.bytes[...]).texts)
    mutated.formUnion(program.mutated)
    defer {
      output.endStatement()
      rendering.endRevealing()
    }
    let evaluator = Evaluator(session: self, source: program.source)
    do throws(Interruption) {
      try await evaluator.run(program.block)
    } catch {
      guard case .exit(let status) = error else { return error }
      return .failure(
        Failure(.assertionFailed, "the file ended before its tests, with exit \(status)", at: body.span))
    }
    do throws(Interruption) {
      try await render(try await evaluator.output(of: body, in: Scope(inside: globals), item: nil))
      try evaluator.payOwed()
      return nil
    } catch {
      return error.located(in: program.source)
    }
  }
}
