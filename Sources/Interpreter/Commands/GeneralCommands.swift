extension Command {
  /// The commands that know nothing of any API, in the order of the overview.
  public static let general: [Command] = [
    WhereCommand.command,
    EachCommand.command,
    SelectCommand.command,
    GetCommand.command,
    FirstCommand.command,
    OneCommand.command,
    CountCommand.command,
    SumCommand.command,
    SortByCommand.command,
    FlattenCommand.command,
    CollectCommand.command,
    UpperCommand.command,
    LowerCommand.command,
    TrimCommand.command,
    SplitCommand.command,
    JoinCommand.command,
    ReplaceCommand.command,
    LengthCommand.command,
    ParseCommand.command,
    NowCommand.command,
    AgoCommand.command,
    OpenCommand.command,
    PrintCommand.command,
    HelpCommand.command,
  ]
}
