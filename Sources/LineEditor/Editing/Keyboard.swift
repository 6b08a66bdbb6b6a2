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

  let descriptor: Int32
  private var pending: [UInt8] = []
  /// A byte that was looked at and is still to be delivered.
  private var unread: UInt8?

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Waits for the next byte, or for a wake-up, which goes first.
  mutating func next(or pipe: WakePipe) -> Input {
    if let byte = unread {
      unread = nil
      return .byte(byte)
    }
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

  /// Whether the end of a line has come together with the byte before it, as a key sends both that is pressed with Alt.
  /// Then it is taken.
  mutating func takesLineEndAtOnce() -> Bool {
    var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    var byte: UInt8 = 0
    guard unread == nil, poll(&poller, 1, 0) > 0, read(descriptor, &byte, 1) == 1 else { return false }
    if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") { return true }
    unread = byte
    return false
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
