import Interpreter
import ShellCommands
import Testing

@Suite("Aliases")
struct AliasTests {
  @Test("A word stands for the beginning of a line, and what follows it stays")
  func expansion() async {
    let aliases = Aliases()
    let run = await CommandRun(#"alias ll = "events list --all"; alias one = "ll | first 1""#, aliases: aliases)
    #expect(run.status == 0, "\(run.errors)")
    let table = aliases.table
    #expect(table.expanded("ll | count") == "events list --all | count")
    #expect(table.expanded("  one|get id") == "  events list --all | first 1|get id")
    #expect(table.expanded("ll") == "events list --all")
    for line in ["lll", "print ll", "ll.x", "$ll", "\"ll\"", "", "llé", "ll=1"] {
      #expect(table.expanded(line) == line)
    }
  }

  @Test("One that names itself, and two that name each other, come to an end")
  func circles() async {
    let aliases = Aliases()
    _ = await CommandRun(#"alias count = "count --x"; alias a = "b 1"; alias b = "a 2""#, aliases: aliases)
    #expect(aliases.table.expanded("count") == "count --x")
    #expect(aliases.table.expanded("a") == "a 2 1")
  }

  @Test("All are listed, one is shown, and taken away again")
  func listing() async {
    let aliases = Aliases()
    let run = await CommandRun(
      #"alias b = "print 2"; alias a = "print 1"; alias; alias b; alias a --remove; alias | count"#, aliases: aliases)
    #expect(
      run.lines == [
        #"{"name":"a","words":"print 1"}"#, #"{"name":"b","words":"print 2"}"#, #"{"name":"b","words":"print 2"}"#, "1",
      ])
  }

  @Test("One that goes before a command says so")
  func shadowing() async {
    let run = await CommandRun(#"alias events = "events list"; alias mine = "events list""#, aliases: Aliases())
    #expect(run.errors == "alias: 'events' was a word of the shell; alias events --remove gives it back\n")
  }

  @Test(
    "What is no alias is refused",
    arguments: [
      ("alias a b", "an alias is written: alias a = \"words\""), ("alias a =", "an alias is written"),
      ("alias a = b c", "an alias is written"), ("alias 1a = \"b\"", "an alias is one word"),
      ("alias \"a b\" = \"c\"", "an alias is one word"), ("alias a = \" \"", "it stands for the words of one line"),
      ("alias a = \"b\\nc\"", "it stands for the words of one line"), ("alias a", "there is no alias 'a'"),
      ("alias x --remove", "there is no alias 'x'"),
    ])
  func refused(script: String, message: String) async {
    let run = await CommandRun(script, aliases: Aliases())
    #expect(run.errors.hasPrefix("error[bad-argument]: \(message)"), "\(run.errors)")
  }

  @Test("A script has none")
  func script() async {
    #expect(await CommandRun("alias a = \"b\"").errors.hasPrefix("error[not-interactive]"))
  }
}
