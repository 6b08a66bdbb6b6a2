enum ScriptsTopic {
  static let topic = HelpTopic(
    name: "scripts", summary: "statements in a file",
    lines: """
      mittr FILE ARG…  runs a file; mittr -c 'CODE' runs code
      #!/usr/bin/env mittr as the first line makes a file a program
      --check          reads it without running it, and reports all mistakes
      $args.0          the first argument; $env.NAME the environment
      def name(a) { }  a function, called as a command is
      source FILE      runs another file here: its functions are known then
      exit N           ends with a status; an error ends with 1

      Status: 0 done, 1 failed, 2 the script is wrong, 3 a bulk command with
      failed items, 130 stopped. Results go to standard output, all else to
      standard error.
      """,
    examples: [
      .init("let since = $args.0 ?? \"2h\"\nprint $since", "an argument with a default", gives: "2h"),
      .init("def double(n) { $n * 2 }\ndouble 21", "a function", gives: "42"),
      .init("try { 1 / 0 } catch e { print $e.code }", "going on after a failure", gives: "division-by-zero"),
    ])
}
