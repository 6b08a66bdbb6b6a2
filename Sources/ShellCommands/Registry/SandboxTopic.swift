import Interpreter

/// What the local server is, and how others reach it.
enum SandboxTopic {
  static let topic = HelpTopic(
    name: "sandbox", summary: "the local Mittr server: where it is, its key, its data",
    lines: """
      mittr --sandbox starts one, and without any key mittr starts one too.
      It has sixty events and some endpoints, really delivers, and ends with
      the shell. --sandbox=FILE keeps its data in a file.

      profile use sandbox     goes to it from any server, profile test tries it
      profile show sandbox    its URL, once it runs; its key is mtr_sandbox

      What other programs send to that URL with that key is in events list.
      mittr-sandbox --port 4010 runs one by itself; from another shell:
      MITTR_API_KEY=mtr_sandbox MITTR_BASE_URL=http://127.0.0.1:4010 mittr
      """)
}
