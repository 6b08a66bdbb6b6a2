/// Arithmetic on natural numbers of any length, as decimal digits from 0 to 9, the most significant first and without
/// leading zeros; zero has no digits.
enum DecimalDigits {
  static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
  }

  static func sum(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: max(left.count, right.count) + 1)
    var carry: UInt8 = 0
    for place in 1...result.count {
      let first = place <= left.count ? left[left.count - place] : 0
      let second = place <= right.count ? right[right.count - place] : 0
      let digit = first + second + carry
      carry = digit > 9 ? 1 : 0
      result[result.count - place] = digit - 10 * carry
    }
    return withoutZeros(result)
  }

  /// - Precondition: the first is not the smaller one.
  static func difference(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var result = left
    var borrow: UInt8 = 0
    for place in stride(from: 1, through: left.count, by: 1) {
      let taken = (place <= right.count ? right[right.count - place] : 0) + borrow
      let digit = left[left.count - place]
      borrow = digit < taken ? 1 : 0
      result[left.count - place] = digit + 10 * borrow - taken
    }
    return withoutZeros(result)
  }

  static func product(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var places = [Int](repeating: 0, count: left.count + right.count)
    for (row, first) in left.enumerated() {
      for (column, second) in right.enumerated() { places[row + column + 1] += Int(first) * Int(second) }
    }
    for place in places.indices.dropFirst().reversed() {
      places[place - 1] += places[place] / 10
      places[place] %= 10
    }
    return withoutZeros(places.map { UInt8($0) })
  }

  /// - Precondition: the divisor is not zero.
  static func quotient(_ dividend: [UInt8], by divisor: [UInt8]) -> (quotient: [UInt8], remainder: [UInt8]) {
    var (quotient, remainder): ([UInt8], [UInt8]) = ([], [])
    for digit in dividend {
      if !remainder.isEmpty || digit != 0 { remainder.append(digit) }
      var count: UInt8 = 0
      while !precedes(remainder, divisor) {
        remainder = difference(remainder, divisor)
        count += 1
      }
      quotient.append(count)
    }
    return (withoutZeros(quotient), remainder)
  }

  static func withoutZeros(_ digits: [UInt8]) -> [UInt8] {
    digits.first == 0 ? Array(digits.drop { $0 == 0 }) : digits
  }

  static func withoutZerosBehind(_ digits: [UInt8]) -> [UInt8] {
    digits.dropLast(digits.reversed().prefix { $0 == 0 }.count)
  }

  /// One more in the last place.
  static func increment(_ digits: inout [UInt8]) {
    for index in digits.indices.reversed() {
      guard digits[index] == 9 else {
        digits[index] += 1
        return
      }
      digits[index] = 0
    }
    digits.insert(1, at: 0)
  }

  static func text(_ digits: some Sequence<UInt8>) -> String {
    String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
  }
}
