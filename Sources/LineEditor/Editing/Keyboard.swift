import Basics

/// What the terminal sends, byte by byte: a byte read ahead would be lost to the next program that reads it.
struct Keyboard {
  enum Input {
    case byte(UInt8)
    case woken
    case end
  }

  /// Delivered in place of Alt-Enter where Escape by itself is a key: a control that no key of ours has.
  static let newlineKey: Unicode.Scalar = "\u{1E}"
  /// The same in the notation of `.editrc`.
  static let newlineKeyNotation = "^^"

  /// Delivered in place of a key that means something to what is shown beside the line: see `Attachment.Action`.
  static let actionKey: Unicode.Scalar = "\u{1D}"
  /// The same in the notation of `.editrc`.
  static let actionKeyNotation = "^]"

  let descriptor: Int32
  private var pending: [UInt8] = []
  /// Bytes that were looked at and are still to be delivered.
  private var unread: [UInt8] = []

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Waits for the next byte, or for a wake-up, which goes first.
  mutating func next(or pipe: WakePipe) -> Input {
    if !unread.isEmpty { return .byte(unread.removeFirst()) }
    while true {
      let (woken, readable) = pipe.wait(orFor: descriptor)
      if woken {
        pipe.drain()
        return .woken
      }
      guard readable else { continue }
      var byte: UInt8 = 0
      let count = read(descriptor, &byte, 1)
      if count == 1 { return .byte(byte) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      return .end
    }
  }

  /// Whether a key waits.
  var hasInput: Bool { !unread.isEmpty || isReadable(within: 0) }

  /// Takes one of some sequences, if it has come together with the byte before it, as a key sends it that is pressed
  /// with Alt, or one of several bytes.
  /// - Parameter milliseconds: How long the rest of a sequence may be on its way.
  /// - Returns: which of them.
  mutating func take(oneOf sequences: [[UInt8]], within milliseconds: Int32 = 0) -> Int? {
    var taken: [UInt8] = []
    while true {
      if let found = sequences.firstIndex(of: taken) { return found }
      guard sequences.contains(where: { $0.starts(with: taken) }), let byte = nextAtOnce(within: milliseconds) else {
        unread = taken + unread
        return nil
      }
      taken.append(byte)
    }
  }

  private mutating func nextAtOnce(within milliseconds: Int32) -> UInt8? {
    if !unread.isEmpty { return unread.removeFirst() }
    var byte: UInt8 = 0
    return isReadable(within: milliseconds) && read(descriptor, &byte, 1) == 1 ? byte : nil
  }

  private func isReadable(within milliseconds: Int32) -> Bool {
    var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&poller, 1, milliseconds) > 0
  }

  /// Adds a byte to the character it belongs to.
  /// - Returns: The character once it is whole. What is no UTF-8 is dropped, and so are the C1 controls, which no key
  ///   sends: libedit would take them for Emacs's meta keys.
  mutating func character(completedBy byte: UInt8) -> Unicode.Scalar? {
    if byte & 0xC0 != 0x80 { pending = [] }
    pending.append(byte)
    let lead = pending[0]
    let length = lead < 0x80 ? 1 : (~lead).leadingZeroBitCount
    guard (1...4).contains(length), lead < 0x80 || length > 1 else {
      pending = []
      return nil
    }
    guard pending.count >= length else { return nil }
    defer { pending = [] }
    guard let scalar = String(validating: pending, as: UTF8.self)?.unicodeScalars.first else { return nil }
    return (0x80...0x9F).contains(scalar.value) ? nil : scalar
  }
}
