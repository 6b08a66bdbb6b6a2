public import Interpreter
import MittrWebhooks

extension CommandRegistry {
  /// The commands of the shell: the API's, the signatures', and the general ones.
  public static let shell = CommandRegistry(
    Command.platform + Command.general + Command.viewing + Command.outward + Command.profiles,
    vocabulary: Vocabulary(
      firstSteps: [
        .init("events list --status failed", "what failed"),
        .init("events list --status failed | count-by .lastError", "why"),
      ],
      sandboxSteps: [
        .init("events list --status failed | first 3 | replay", "deliver three again")
      ],
      source: "events list",
      paging: "api GET PATH --all goes through the pages of a list",
      foreignWords: [
        "ls": "events list, endpoints list", "curl": "api GET PATH", "http": "api METHOD PATH",
        "https": "api METHOD PATH", "wget": "api GET PATH",
        "fetch": "api GET PATH", "invoke-restmethod": "api METHOD PATH", "webhooks": "endpoints list",
        "endpoints enable": "enabled is a field: help endpoints update",
        "endpoints disable": "enabled is a field: help endpoints update",
        "webhook": "endpoints list", "messages": "events list", "attempts": "events get ID | get .attempts",
      ],
      secretPrefixes: ["whsec_", "mtr_"],
      plannedRequest: .plannedRequest,
      topics: [ProfileTopic.topic, SandboxTopic.topic],
      errorCodes: Failure.Code.shell))
}

extension Command {
  /// The commands that talk to Mittr or deal with its signatures, in the order of the overview.
  public static let platform: [Command] = [
    EventsListCommand.command,
    EventsGetCommand.command,
    EventsSendCommand.command,
    ReplayCommand.eventsReplay,
    EventsWaitCommand.command,
    EventsWatchCommand.command,
    EventsTypesCommand.command,
    ReplayCommand.replay,
    JournalShowCommand.command,
    JournalItemsCommand.command,
    JournalRetryCommand.command,
    EndpointsListCommand.command,
    EndpointsGetCommand.command,
    EndpointsCreateCommand.command,
    EndpointsUpdateCommand.command,
    EndpointsDeleteCommand.command,
    APICommand.command,
    SignCommand.command,
    VerifyCommand.command,
    DeliverCommand.command,
    ForwardCommand.command,
    ListenCommand.command,
    DeliveriesCommand.command,
  ]
}

extension Command {
  /// The commands that choose the server, on the same shelf as the general ones for the shell.
  public static let profiles: [Command] = [
    TourCommand.command,
    AliasCommand.command,
    LogCommand.command,
    ProfileListCommand.command,
    ProfileUseCommand.command,
    ProfileTestCommand.command,
    ProfileAddCommand.command,
    ProfileDefaultCommand.command,
    ProfileRemoveCommand.command,
    ProfileShowCommand.command,
  ]
}

extension Command {
  /// The commands that show what others yield.
  public static let viewing: [Command] = [BrowseCommand.command]
}

extension Command {
  /// The commands that hand the items to other programs.
  public static let outward: [Command] = [PipeToCommand.command, CopyCommand.command]
}

extension Topic {
  static let events = Topic("Events")
  static let endpoints = Topic("Endpoints")
  static let api = Topic("API")
  static let signatures = Topic("Signatures")
  static let local = Topic("Local loop")
}

extension ItemKind {
  static let event = ItemKind(
    "event", columns: ["id", "eventType", "status", "attempts", "createdAt", "endpointId"],
    notes: [.ofAll("lastError")],
    others: [
      "payload", "headers", "destination", "maxAttempts", "priority", "idempotencyKey", "lastError", "deliveredAt",
      "updatedAt",
    ], colors: ["status": statuses], words: ["status": EventFilters.statuses])
  static let endpoint = ItemKind(
    "endpoint", columns: ["id", "url", "enabled", "circuitState", "eventTypes"], notes: [.ofAny("description")],
    others: [
      "description", "filter", "transformation", "maxRetries", "retryBackoffMs", "retryBackoffMax", "retryBackoffMult",
      "timeoutMs", "circuitThreshold", "circuitResetMs", "deliveryMode", "fifo", "fifoPartitionKey", "secret",
      "createdAt", "updatedAt",
    ],
    colors: ["enabled": ["false": .bad], "circuitState": ["closed": .good, "open": .bad, "half-open": .waiting]],
    words: ["circuitState": ["closed", "open", "half-open"]])
  static let outcome = ItemKind(
    "outcome", columns: ["id", "ok", "status", "eventType", "url", "enabled"], notes: [.ofAny("error")],
    colors: ["ok": ["true": .good, "false": .bad], "status": statuses])
  static let reply = ItemKind(
    "reply", columns: ["id", "eventType", "ok", "status", "ms"], notes: [.ofAny("error")],
    others: ["response"],
    colors: ["ok": ["true": .good, "false": .bad]])
  static let delivery = ItemKind(
    "delivery", columns: ["number", "receivedAt", "method", "path", "eventType", "status", "valid", "reason", "size"],
    others: ["eventId", "attempt", "ms", "port", "error", "target", "headers", "body", "bodyBase64", "response"],
    colors: ["valid": ["true": .good, "false": .bad], "reason": reasons])
  static let verification = ItemKind(
    "verification", columns: ["valid", "reason", "proven", "detail"],
    colors: ["valid": ["true": .good, "false": .bad], "reason": reasons])
  static let request = ItemKind("request", columns: ["method", "path", "body"])

  private static let reasons: [String: SemanticColor] = Dictionary(
    uniqueKeysWithValues: SignatureReason.allCases.map { reason in
      switch reason {
      case .ok, .secretPrevious: (reason.rawValue, .good)
      case .staleTimestamp, .futureTimestamp: (reason.rawValue, .waiting)
      default: (reason.rawValue, .bad)
      }
    })

  private static let statuses: [String: SemanticColor] = [
    "delivered": .good, "failed": .bad, "dead": .bad, "pending": .waiting, "processing": .waiting,
  ]
}
