import ArgumentParser
import Basics
import ManualPages

extension SandboxCommand {
  /// The manual page: the options as they are declared, and what the help says of them.
  static func manual() -> String {
    var abstract = configuration.abstract
    if abstract.hasSuffix(".") { abstract.removeLast() }
    var page = ManualPage(name: "mittr-sandbox", version: ReleaseVersion.text, abstract: abstract)
    page.addSection("Synopsis")
    page.addLines("mittr-sandbox [options]")
    page.addSection("Description")
    page.addText(configuration.discussion)
    page.addSection("Options")
    page.add(ManualPage.Option.declared(in: _dumpHelp()))
    page.addSection("Example")
    page.addLines(
      """
      mittr-sandbox --port 4010 --time-scale 60 &
      MITTR_API_KEY=mtr_sandbox MITTR_BASE_URL=http://127.0.0.1:4010 mittr
      """)
    page.addSection("See also")
    page.addParagraph("mittr(1)")
    return page.roff
  }
}
