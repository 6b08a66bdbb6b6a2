import Basics

/// Takes DEFLATE (RFC 1951) apart, within bounds: a few bytes can stand for very many.
///
/// It is small because a verifier needs no more: `MittrWebhooks` would otherwise have to link a library on every system.
struct Inflate {
  /// No more is made of any input, and no more than so many times its length; of one that is large itself, no more than
  /// what such a text comes to.
  static let limit = (size: 8 * 1024 * 1024, ratio: 100, usualSize: 1024 * 1024, usualRatio: 16)

  /// What the input stands for; nil when it is not whole, not DEFLATE, or stands for too much. What follows it is left.
  static func decoded(_ input: ArraySlice<UInt8>) -> [UInt8]? {
    input.withUnsafeBufferPointer { bytes in
      var run = Inflate(bytes)
      return run.decode() ? run.output : nil
    }
  }

  private let input: UnsafeBufferPointer<UInt8>
  private let maximumSize: Int
  /// How many blocks may still bring a code of their own, whose tables cost more than the block: nobody writes very many.
  private var codesLeft: Int
  private var position = 0
  private var bits: UInt64 = 0
  private var bitCount = 0
  private var output: [UInt8] = []

  private init(_ input: UnsafeBufferPointer<UInt8>) {
    self.input = input
    let usual = max(Self.limit.usualSize, input.count * Self.limit.usualRatio)
    maximumSize = min(Self.limit.size, input.count * Self.limit.ratio, usual)
    output.reserveCapacity(maximumSize)
    codesLeft = 32 + input.count / 2048
  }

  private mutating func decode() -> Bool {
    var isLast = false
    while !isLast {
      guard let header = take(3) else { return false }
      isLast = header & 1 == 1
      let isRight =
        switch header >> 1 {
        case 0: copyStored()
        case 1: decodeBlock(Self.fixed.literals, Self.fixed.distances)
        case 2: decodeDynamicBlock()
        default: false
        }
      guard isRight else { return false }
    }
    return true
  }

  // MARK: Bits

  private mutating func fill() {
    while bitCount <= 48, position < input.count {
      bits |= UInt64(input[position]) << UInt64(bitCount)
      position += 1
      bitCount += 8
    }
  }

  private mutating func take(_ count: Int) -> Int? {
    if bitCount < count { fill() }
    guard bitCount >= count else { return nil }
    let value = Int(bits & (1 << UInt64(count) - 1))
    bits >>= UInt64(count)
    bitCount -= count
    return value
  }

  private mutating func symbol(_ code: HuffmanCode) -> Int? {
    if bitCount < HuffmanCode.longest { fill() }
    let entry = code.entries[Int(bits & UInt64(code.mask))]
    let length = Int(entry & 0xF)
    guard length > 0, length <= bitCount else { return nil }
    bits >>= UInt64(length)
    bitCount -= length
    return Int(entry >> 4)
  }

  // MARK: Blocks

  private mutating func copyStored() -> Bool {
    _ = take(bitCount % 8)
    guard let length = take(16), let complement = take(16), length == ~complement & 0xFFFF else { return false }
    // Whole bytes may have been read ahead.
    position -= bitCount / 8
    (bits, bitCount) = (0, 0)
    guard length <= input.count - position, output.count + length <= maximumSize else { return false }
    output += input[position..<position + length]
    position += length
    return true
  }

  private mutating func decodeDynamicBlock() -> Bool {
    codesLeft -= 1
    guard codesLeft > 0, let literals = take(5), let distances = take(5), let codes = take(4) else { return false }
    var lengths = [UInt8](repeating: 0, count: 19)
    for index in 0..<codes + 4 {
      guard let length = take(3) else { return false }
      lengths[Self.codeOrder[index]] = UInt8(length)
    }
    guard let code = HuffmanCode(lengths[...]) else { return false }
    let (literalCount, count) = (literals + 257, literals + 257 + distances + 1)
    lengths = []
    while lengths.count < count {
      guard let symbol = symbol(code) else { return false }
      switch symbol {
      case ..<16: lengths.append(UInt8(symbol))
      case 16:
        guard let last = lengths.last, let extra = take(2) else { return false }
        lengths += repeatElement(last, count: 3 + extra)
      default:
        guard let extra = take(symbol == 17 ? 3 : 7) else { return false }
        lengths += repeatElement(0, count: (symbol == 17 ? 3 : 11) + extra)
      }
    }
    guard lengths.count == count, let literalCode = HuffmanCode(lengths[..<literalCount]),
      let distanceCode = HuffmanCode(lengths[literalCount...])
    else { return false }
    return decodeBlock(literalCode, distanceCode)
  }

  private mutating func decodeBlock(_ literals: HuffmanCode, _ distances: HuffmanCode) -> Bool {
    while let symbol = symbol(literals) {
      if symbol == 256 { return true }
      if symbol < 256 {
        guard output.count < maximumSize else { return false }
        output.append(UInt8(truncatingIfNeeded: symbol))
        continue
      }
      guard symbol - 257 < Self.lengths.count, let lengthExtra = take(Self.lengths[symbol - 257].extra),
        let place = self.symbol(distances), place < Self.distances.count,
        let distanceExtra = take(Self.distances[place].extra)
      else { return false }
      let (length, distance) = (
        Self.lengths[symbol - 257].base + lengthExtra, Self.distances[place].base + distanceExtra
      )
      guard distance <= output.count, output.count + length <= maximumSize else { return false }
      copy(length, from: distance)
    }
    return false
  }

  /// Writes once more what stands so far back. It may reach into what is being written.
  private mutating func copy(_ length: Int, from distance: Int) {
    let start = output.count
    if distance == 1, let last = output.last {
      output.append(contentsOf: repeatElement(last, count: length))
      return
    }
    output.append(contentsOf: repeatElement(0, count: length))
    output.withUnsafeMutableBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      if distance >= length {
        memcpy(base + start, base + start - distance, length)
      } else {
        for index in start..<start + length { base[index] = base[index - distance] }
      }
    }
  }

  // MARK: Tables

  private static let codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private static let lengths: [(base: Int, extra: Int)] =
    bases(first: 3, extras: [Int](repeating: 0, count: 8) + (1...5).flatMap { [$0, $0, $0, $0] }) + [(258, 0)]

  private static let distances: [(base: Int, extra: Int)] =
    bases(first: 1, extras: [0, 0] + (0...13).flatMap { [$0, $0] })

  private static func bases(first: Int, extras: [Int]) -> [(base: Int, extra: Int)] {
    var next = first
    return extras.map { extra in
      defer { next += 1 << extra }
      return (next, extra)
    }
  }

  private static let fixed: (literals: HuffmanCode, distances: HuffmanCode) = {
    let lengths = (0..<288).map { UInt8($0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8) }
    return (
      HuffmanCode(unchecked: lengths[...]), HuffmanCode(unchecked: [UInt8](repeating: 5, count: 30)[...])
    )
  }()
}

/// A canonical Huffman code, as one table that the next bits are looked up in, as many as its longest code has.
private struct HuffmanCode {
  static let longest = 15
  let mask: Int
  /// For every value of these bits: the symbol they begin with times 16, and the length of its code; 0 for none.
  private(set) var entries: [UInt16]

  /// - lengths: of each symbol's code. Returns nil when there are more codes than fit.
  init?(_ lengths: ArraySlice<UInt8>) {
    let used = lengths.reduce(0) { $0 + ($1 > 0 ? 1 << (Self.longest - Int($1)) : 0) }
    guard used <= 1 << Self.longest else { return nil }
    self.init(unchecked: lengths)
  }

  init(unchecked lengths: ArraySlice<UInt8>) {
    let longest = Int(lengths.max() ?? 0)
    mask = (1 << longest) - 1
    entries = [UInt16](repeating: 0, count: mask + 1)
    var code = 0
    for length in (0...longest).dropFirst() {
      for (symbol, own) in lengths.enumerated() where Int(own) == length {
        // The bits of a code come in the other order.
        var reversed = 0
        for bit in 0..<length where code & 1 << bit != 0 { reversed |= 1 << (length - 1 - bit) }
        for index in stride(from: reversed, through: mask, by: 1 << length) {
          entries[index] = UInt16(symbol << 4 | length)
        }
        code += 1
      }
      code <<= 1
    }
  }
}
