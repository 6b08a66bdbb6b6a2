/// How the items that a command yields relate to the items piped to it, as far as completion can infer
/// their fields.
public enum ItemFlow: Sendable, Hashable {
  /// They are of the command's own kind, or nothing is known of them.
  case made
  /// They are among those that came in: `where`, `first`.
  case kept
  /// They have the fields that its paths name: `select`.
  case selected
  /// They are what stands at its path: `get`.
  case taken
  /// They are records of these fields, of which nothing more is known: `stats`.
  case recorded([String])
  /// They are records of `key`, which its keys tell, of `count` and, where it `holdsItems`, of `items`: `group-by`.
  case grouped(holdsItems: Bool)
}

/// Where completion finds values for an argument that its shape does not tell.
public enum ArgumentSource: Sendable, Hashable {
  /// The values that a field had in the records of a kind that were seen lately, such as the ids of events.
  case field(String, of: ItemKind)
  /// Names that the host knows, such as those of profiles.
  case names(String)
}
