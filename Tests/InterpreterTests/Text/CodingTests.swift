import Basics
import Testing

@Suite("Dates, digits and encodings")
struct CodingTests {
  @Test("Each day of 800 years has a date of its own, in order, and is found by it")
  func calendar() throws {
    var before = CivilDate(daysSince1970: -292_195)
    for days in -292_194...0 {
      let date = CivilDate(daysSince1970: days)
      try #require(date.daysSince1970 == days)
      try #require(CivilDate(year: date.year, month: date.month, day: date.day) == date)
      let isNextDay = date.day == before.day + 1 && date.month == before.month
      let isNextMonth = date.day == 1 && before.day == CivilDate.days(inMonth: before.month, of: before.year)
      try #require(isNextDay || isNextMonth)
      before = date
    }
    #expect(before == CivilDate(year: 1970, month: 1, day: 1))
  }

  @Test(
    "A date that no calendar has is none",
    arguments: [(2026, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0), (2026, 1, 32)])
  func noDate(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test("Leap days and the ends of the range are where they belong")
  func fixedDates() {
    #expect(CivilDate(year: 2000, month: 2, day: 29)?.daysSince1970 == 11_016)
    #expect(CivilDate(year: 0, month: 1, day: 1)?.daysSince1970 == -719_528)
    #expect(CivilDate(year: 9999, month: 12, day: 31)?.daysSince1970 == 2_932_896)
  }

  @Test("Hexadecimal numbers keep their zeros")
  func hex() {
    #expect(Hex.text(UInt8(10)) == "0a" && Hex.text(UInt64(255)) == "00000000000000ff")
    #expect(Hex.text([0, 0xAB, 0xFF]) == "00abff")
    #expect((0...255).compactMap { Hex.value(of: UInt8($0)) }.count == 22)
  }

  @Test("A UUID says that it is random, and no two are the same")
  func uuid() throws {
    let all = (0..<100).map { _ in UUID.random() }
    #expect(Set(all).count == 100)
    for text in all {
      #expect(try #/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#.wholeMatch(in: text) != nil)
    }
  }

  @Test("What is percent-encoded is read back, whatever it is")
  func percent() {
    for text in ["", "a b", "ä/ö?", "%41", "100%", "\u{0}\n", "~.-_", "🚀"] {
      #expect(PercentCoding.decoded(PercentCoding.encoded(text)) == text)
      #expect(PercentCoding.decodedLeniently(PercentCoding.encoded(text)) == text)
    }
    #expect(PercentCoding.encoded("a b/ü") == "a%20b%2F%C3%BC")
    #expect(PercentCoding.decoded("a+b%2b", plusIsSpace: true) == "a b+")
    for broken in ["%", "%4", "%4g", "%+1", "%FF"] { #expect(PercentCoding.decoded(broken) == nil) }
    #expect(PercentCoding.decodedLeniently("100%, %4g%41") == "100%, %4gA")
  }
}
