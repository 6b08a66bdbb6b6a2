import Interpreter

/// What a configuration file looks like.
public enum ProfileTopic {
  /// A file that can be taken as it is.
  public static let sample = """
    profile = "staging"               # what is used without --profile

    [profiles.staging]
    api_key = "mtr_..."
    base_url = "https://mittr.example.com"
    project_id = "prj_1"              # if the key is for several
    ca_file = "company.pem"           # beside this file; ~/ is the home folder

    [profiles.live]
    api_key_command = "pass show mittr/live"
    """

  static let topic = HelpTopic(
    name: "profile", summary: "servers and their keys, in a file",
    lines: """
      ~/.config/mittr/config.toml, or mittr/config.toml in $XDG_CONFIG_HOME.
      It is read if nobody but its owner may read it: chmod 600

      \(sample)

      profile add asks for a key, tries it, and writes all this for you.
      mittr --profile NAME starts with one, profile use NAME goes to one.
      MITTR_API_KEY and MITTR_BASE_URL go before the profile of the start.
      api_key_command is read by the system's shell; the key is the first
      line that it prints. A setting that does not exist is an error.
      """)
}
