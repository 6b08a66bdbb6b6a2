public import Interpreter

// The codes of the shell's commands; the language's stand in `Failure.Code.language`.

extension Failure.Code {
  static let itemsFailed = Failure.Code("items-failed", "a bulk command with failed items", exit: 3)
  public static let badConfiguration = Failure.Code(
    "bad-configuration", "a configuration file that cannot be used", exit: 2)
  public static let usage = Failure.Code("usage", "a command line that is wrong", exit: 2)

  /// All of them, in the order of `help errors`; warnings last.
  public static let shell: [Failure.Code] = [
    Failure.Code("already-listening", "listen on a port where it listens already"),
    Failure.Code("bad-base-url", "a base URL that cannot be used"),
    badConfiguration,
    Failure.Code("bad-delivery", "a stored delivery that lacks something or has it in the wrong form"),
    Failure.Code("bad-headers", "headers that cannot be read"),
    Failure.Code("bad-profile", "a profile that cannot be used"),
    Failure.Code("bad-request", "a stored HTTP request that cannot be read"),
    Failure.Code(
      "confirmation-needed", "a change of many things that nobody can be asked about and --yes does not allow"),
    Failure.Code("copy-failed", "a text that did not come into the clipboard"),
    Failure.Code("editor-failed", "an editor that cannot be started or failed"),
    itemsFailed,
    Failure.Code("journal-corrupt", "a journal that cannot be read"),
    Failure.Code("journal-mismatch", "a journal of another command, body, server or project"),
    Failure.Code("key-command-failed", "an api_key_command that printed no key"),
    Failure.Code("listen-failed", "a port that cannot be listened at"),
    Failure.Code("missing-secret", "no webhook secret to sign or verify with"),
    Failure.Code("no-api-key", "no API key for a server"),
    Failure.Code("no-configuration", "no configuration file where one is needed"),
    Failure.Code("no-connection", "no server to talk to"),
    Failure.Code("no-such-profile", "a profile that the configuration does not have"),
    Failure.Code("no-terminal", "a terminal that is needed and not there"),
    Failure.Code("not-confirmed", "a question that was answered with no"),
    Failure.Code("not-interactive", "a command that needs the prompt, in a script"),
    Failure.Code("not-listening", "a command that needs listen, while nothing listens"),
    Failure.Code("not-on-sandbox", "a tour on a server that is no sandbox"),
    Failure.Code("port-in-use", "a port that another program listens at"),
    Failure.Code("port-not-permitted", "a port that needs more rights"),
    Failure.Code("profile-exists", "a new profile with the name of one that is there"),
    Failure.Code("program-failed", "a program that cannot be run, or that says that it failed"),
    Failure.Code("sandbox-failed", "a sandbox that cannot be started"),
    Failure.Code("takes-no-journal", "a journal where none is kept"),
    Failure.Code("timeout", "a wait that took too long"),
    Failure.Code("too-many-waits", "too many waits in the background"),
    usage,
    Failure.Code("wait-failed", "an event that came to an end other than the one waited for"),
    Failure.Code("wrong-kind", "a record of a kind that the command does not take"),
    Failure.Code("chunked-body", "a chunked body that was put together", exit: 0),
    Failure.Code("extra-bytes", "bytes behind a body that its Content-Length ends", exit: 0),
    Failure.Code("journal-incomplete", "a journal that lacks what became of some items", exit: 0),
    Failure.Code("journal-repaired", "a journal whose last line was incomplete and was taken out", exit: 0),
    Failure.Code("open-port", "a receiver that other machines can reach", exit: 0),
    Failure.Code("outcome-unknown", "an interrupted request of which nobody knows whether it was done", exit: 0),
    Failure.Code("secret-whitespace", "a secret's file that ends with a line break", exit: 0),
  ]
}
