/// Keeps functions for later sessions: a seam that an interactive host fills in.
public protocol FunctionKeeper: AnyObject {
  /// Keeps a function in place of one of its name.
  /// - Parameter text: its definition, as it was written.
  /// - Throws: a failure when it cannot be written down.
  func keep(_ name: String, _ text: String) throws(Failure)
  /// - Returns: whether it was kept.
  /// - Throws: a failure when what is kept cannot be read or written.
  func forget(_ name: String) throws(Failure) -> Bool
}

/// Where a session has it; in a script there is none.
public enum FunctionKeeperKey: SessionKey {
  public typealias Value = any FunctionKeeper
}
