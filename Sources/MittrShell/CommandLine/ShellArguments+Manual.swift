import ArgumentParser
import Basics
import Interpreter
import ManualPages
import ShellCommands

extension ShellArguments {
  /// The manual page: the options as they are declared above, and the commands' declarations.
  static func manual() -> String {
    var abstract = configuration.abstract
    if abstract.hasSuffix(".") { abstract.removeLast() }
    var page = ManualPage(name: "mittr", version: ReleaseVersion.text, abstract: abstract)
    page.addSection("Synopsis")
    page.addLines(configuration.usage ?? "mittr")
    page.addSection("Description")
    page.addText(configuration.discussion)
    page.addSection("Options")
    page.add(ManualPage.Option.declared(in: _dumpHelp()))
    page.addSection("Commands")
    page.addParagraph("Inside the shell, help lists these and help COMMAND explains one, with examples.")
    page.add(.program)
    page.addSection("Configuration")
    page.addLines(ProfileTopic.sample)
    page.addParagraph(
      "api_key_command is read by the system's shell; the key is the first line that it prints. A setting that does not "
        + "exist is an error. profile add writes the file for you.")
    page.addSection("Files")
    page.add([
      .init(
        "~/.config/mittr/config.toml", "Profiles; below $XDG_CONFIG_HOME if that is set. Only its owner may read it."),
      .init(
        "~/.config/mittr/init.mittr",
        "Statements that each interactive shell runs first. Nobody but its owner may write to it."),
      .init("~/.config/mittr/functions.mittr", "What def --keep keeps; each interactive shell reads it first."),
      .init("~/.local/state/mittr/history", "The lines typed; below $XDG_STATE_HOME if that is set."),
      .init("~/.editrc", "Keys of the line editor; see editrc(5)."),
    ])
    return page.roff
  }
}
