import Testing

@testable import MittrShell

@Suite("Changes of a configuration's text")
struct ConfigurationTextTests {
  private static let text = """
    # my servers
    profile = "a"   # at home

    # the shop's
    [profiles.a]   # first
    api_key = "mtr_a"
    # a note

    # the other one
    [ profiles . "b c" ]
    api_key = "mtr_b"

    """

  private func changed(_ text: String = text, _ body: (inout ConfigurationText) -> Void) -> String {
    var text = ConfigurationText(text)
    body(&text)
    return text.text
  }

  @Test("A new profile stands behind everything else")
  func add() {
    let settings = [("api_key", "mtr_\"x\\"), ("base_url", "https://é.test")]
    #expect(
      changed { $0.addProfile("new", settings) } == Self.text
        + "\n[profiles.new]\napi_key = \"mtr_\\\"x\\\\\"\nbase_url = \"https://é.test\"\n")
    #expect(changed("") { $0.addProfile("a b", []) } == "[profiles.\"a b\"]\n")
    #expect(changed("profile = \"x\"") { $0.addProfile("x", []) } == "profile = \"x\"\n\n[profiles.x]\n")
  }

  @Test("The usual profile is changed where it stands, with the comment behind it")
  func usual() {
    #expect(
      changed { $0.setUsual("b c") }
        == Self.text.replacing("profile = \"a\"   # at home", with: "profile = \"b c\"   # at home"))
    #expect(changed { $0.setUsual(nil) } == Self.text.replacing("profile = \"a\"   # at home\n", with: ""))
    #expect(changed("[profiles.a]\n") { $0.setUsual("a") } == "profile = \"a\"\n\n[profiles.a]\n")
    #expect(changed("profile='a#1' # x") { $0.setUsual("b") } == "profile = \"b\" # x")
    // Of a table's own settings none is meant.
    #expect(changed("[profiles.profile]\nprofile = 1\n") { $0.setUsual(nil) } == "[profiles.profile]\nprofile = 1\n")
  }

  @Test("A profile goes with its settings; all comments but those among them stay")
  func remove() {
    #expect(
      changed { $0.removeProfile("a") }
        == Self.text.replacing("[profiles.a]   # first\napi_key = \"mtr_a\"\n", with: ""))
    #expect(
      changed { $0.removeProfile("b c") }
        == Self.text.replacing("[ profiles . \"b c\" ]\napi_key = \"mtr_b\"\n", with: ""))
    #expect(changed { $0.removeProfile("c") } == Self.text)
  }
}
