import Basics

extension sigaction {
  var isDefault: Bool { disposition == unsafeBitCast(SIG_DFL, to: Int.self) }
  var isIgnored: Bool { disposition == unsafeBitCast(SIG_IGN, to: Int.self) }

  /// What C calls the handler, which is a member of a union.
  private var disposition: Int {
    #if canImport(Darwin)
      let handler = __sigaction_u.__sa_handler
    #else
      let handler = __sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self)
  }
}
