enum TestsTopic {
  static let topic = HelpTopic(
    name: "tests", summary: "checking scripts",
    lines: """
      mittr --check FILE           finds what is wrong without running
      mittr --test FILE …          runs each test of the files, in a session
                                   of its own, without a server or a key
      test "adds up" { … }         a test: it fails when a statement fails
      assert CONDITION "message"   fails unless something holds
      --report-junit FILE          also writes what a build server reads

      The answer is TAP, a line a test: ok 1 - adds up. The status is 1 when
      one fails. An assert that compares shows both values.
      """,
    examples: [
      .init("assert ([1, 2] | sum) == 3 \"the sum\"; print \"fine\"", "an assertion that holds", gives: "fine"),
      .init("try { assert 1 == 2 } catch e { print $e.code }", "one that does not", gives: "assertion-failed"),
    ])
}
