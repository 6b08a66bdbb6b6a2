enum SecretsTopic {
  static let topic = HelpTopic(
    name: "secrets", summary: "keys and secrets, and where they show",
    lines: """
      Secrets come from the environment ($env.NAME), from a file (@secret.txt)
      or from the configuration, never from the command line's options, which
      other users see.

      A terminal shows them masked, and so do errors and traces. A pipe and a
      file get them in full: save and to write what a value holds.
      The history leaves out lines that hold one.

      Fields whose names say so (secret, token, apiKey, authorization …) are
      masked, and so is text that begins as a secret does.
      """,
    examples: [
      .init(#"{name: "a", secret: "x"} | without secret"#, "leaving it out", gives: #"{"name":"a"}"#),
      .init(#"($env.NAME ?? "") != """#, "whether a variable is set", gives: "true"),
    ])
}
