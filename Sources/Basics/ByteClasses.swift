// What kind of character an UTF-8 byte is, by the classes of the shell's words.

/// `0` to `9`.
@inlinable package func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

/// `a` to `z`, `A` to `Z`, and every byte of a character beyond ASCII.
@inlinable package func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte >= 0x80 }

/// What the words of HTTP consist of, such as methods and the names of headers (RFC 9110, 5.6.2).
@inlinable package func isTokenByte(_ byte: UInt8) -> Bool {
  byte < 0x80 && (isLetter(byte) || isDigit(byte)) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
}

/// A letter, a digit or `_`.
@inlinable package func isWordByte(_ byte: UInt8) -> Bool {
  isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
}
