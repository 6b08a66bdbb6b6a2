import Interpreter

enum ProfileAddCommand {
  private static let name = Parameter.positional("name", .text, "what to call it")
  private static let baseURL = Parameter.option("base-url", .text, "its server; without it, the hosted platform")
  private static let projectID = Parameter.option("project-id", .text, "the project that its requests are about")
  private static let caFile = Parameter.option("ca-file", .file, "a PEM file with the authorities to trust")
  private static let keyCommand = Parameter.option(
    "api-key-command", .text, "a command line that prints the key, so that the file holds none")
  private static let isUntested = Parameter.flag("untested", "write it without trying the key")
  private static let isDefault = Parameter.flag("default", "use it from now on when no profile is asked for")

  static let command = Command(
    "profile add", topic: .shell, "asks for a key, unseen, tries it, and writes a profile to the configuration file",
    discussion: """
      The key is never part of the line. With --api-key-command nothing is asked: the command is run by the system's \
      shell whenever the key is needed, and the first line that it prints is the key. Nothing is written when the server \
      refuses the key or cannot be reached, unless --untested says so.
      """,
    input: .none, result: .nothing,
    parameters: [name, baseURL, projectID, caFile, keyCommand, isUntested, isDefault], changesData: true,
    searchWords: ["login", "configure", "auth", "api key", "credentials", "account"],
    examples: [
      .init("profile add shop --base-url https://mittr.example.com", "asks for the key"),
      .init(#"profile add live --api-key-command "pass show mittr/live""#, "the key stays where it is kept"),
    ]
  ) { call throws(Interruption) in
    var draft = ProfileDraft(name: try await call.value(name))
    let span = call.span(of: name)
    guard !draft.name.isEmpty, draft.name.utf8.count <= longestName, !draft.name.contains(where: \.isNewline) else {
      throw .failure(Failure(.badArgument, "a profile's name is one line, of up to \(longestName) bytes", at: span))
    }
    draft.baseURL = try await call.value(baseURL)
    draft.projectID = try await call.value(projectID)
    draft.caFile = try await call.value(caFile)
    draft.apiKeyCommand = try await call.value(keyCommand)
    let known = try call.withProfiles(at: span) { profiles throws(Failure) in try profiles.all() }
    guard !known.contains(where: { $0.name == draft.name && $0.name != "sandbox" }) else {
      throw .failure(exists(draft.name, span))
    }
    if draft.apiKeyCommand == nil { draft.apiKey = try await key(call, draft.name) }
    let finished = draft
    if try await !call.value(isUntested) {
      try await call.tryOut(at: span) { profiles throws(Failure) in try await profiles.connect(finished) }
    }
    let isDefault = try await call.value(isDefault)
    let place = try call.withProfiles(at: span) { profiles throws(Failure) in
      try profiles.add(finished)
      if isDefault { try profiles.setDefault(finished.name) }
      return profiles.place ?? "the configuration file"
    }
    call.tell("profile add: '\(finished.name)' is in \(place); profile use \(finished.name) goes there")
    return .nothing
  }

  private static let longestName = 64

  /// Asked for, since a line would be kept in the history, and an argument seen by everybody.
  private static func key(_ call: Call, _ name: String) async throws(Interruption) -> String {
    guard let prompter = call.session.prompter else {
      throw .failure(
        Failure(
          "no-terminal", "nobody can be asked for the key", at: call.nameSpan,
          help: "--api-key-command \"…\" names a command that prints it"))
    }
    try call.session.flush()
    let answer = try await prompter.secret("The API key of '\(name)':")
    let key = answer.filter { !$0.isWhitespace }
    guard !key.isEmpty else { throw .failure(Failure("not-confirmed", "no key was given, so nothing was changed")) }
    call.session.rendering.hide([key])
    return key
  }

  private static func exists(_ name: String, _ span: SourceSpan?) -> Failure {
    Failure(
      "profile-exists", "there is a profile '\(name)' already", at: span,
      help: "profile remove \(name) takes it out")
  }
}
