/// Why a receiver cannot be started.
public enum ReceiverError: Error, Sendable, Hashable {
  case portInUse(Int)
  /// The system keeps the port for others.
  case portNotPermitted(Int)
  /// The address to listen on is none of this machine's.
  case noSuchAddress
  /// It would forward to itself.
  case forwardsToItself
  case folder(String, String)
  case system(String)
  /// The target to forward to cannot be reached as the settings say: its proxy or the authorities cannot be used.
  case target(String)
}
