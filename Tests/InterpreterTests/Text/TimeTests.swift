import Basics
import Testing

@testable import Interpreter

@Suite("Times and durations")
struct TimeTests {
  @Test(
    "ISO 8601, read to the millisecond",
    arguments: [
      ("1970-01-01", 0), ("1970-01-01T00:00:00Z", 0), ("2026-01-01T12:00:00Z", 1_767_268_800_000),
      ("2026-01-01T12:00:00.5Z", 1_767_268_800_500), ("2026-01-01T12:00:00.1239999Z", 1_767_268_800_123),
      ("2026-01-01T14:00:00+02:00", 1_767_268_800_000), ("2026-01-01T06:30:00-0530", 1_767_268_800_000),
      ("2026-01-01T14:00:00+02", 1_767_268_800_000), ("2026-01-01 12:00:00z", 1_767_268_800_000),
      ("2026-01-01T12:00Z", 1_767_268_800_000), ("2024-02-29", 1_709_164_800_000), ("2000-02-29", 951_782_400_000),
      ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("2017-01-01T00:59:60.5+01:00", 1_483_228_800_500),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999), ("0000-01-01", -62_167_219_200_000),
      ("1969-12-31T23:59:59.999Z", -1), ("1900-03-01", -2_203_891_200_000),
    ])
  func read(text: String, milliseconds: Int) {
    #expect(InternetTime.milliseconds(text) == milliseconds)
  }

  @Test(
    "What is no time",
    arguments: [
      "", "2026", "2026-1-1", "2026-13-01", "2026-00-01", "2026-02-29", "1900-02-29", "2026-04-31", "2026-01-00",
      "2026-01-01T",
      "2026-01-01T12:00:00", "2026-01-01T24:00:00Z", "2026-01-01T12:60:00Z", "2026-01-01T12:00:61Z",
      "2026-01-01T12:00:60Z",
      "2026-01-01T12Z", "2026-01-01T12:00:00.Z", "2026-01-01T12:00:00+24:00", "2026-01-01T12:00:00+02:60",
      "2026-01-01T12:00:00+2",
      "2026-01-01T12:00:00+02:", "2026-01-01T12:00:00Zx", "2026-01-01x", "-2026-01-01", "+02026-01-01", "２０２６-01-01",
      "2026-01-01T12:00:00,5Z",
      "2026-01-01T12:00:00.\(String(repeating: "1", count: 100))Z", "yestermonth", "24:00", "9:5", "09:30:", ":30",
      "09:60", "mo", "123:00",
    ])
  func refused(text: String) {
    #expect(InternetTime.milliseconds(text) == nil)
    #expect(TimeReference(text) == nil)
  }

  @Test("Days from year 0 to 9999 are written as they are read, and follow each other")
  func days() {
    var milliseconds = InternetTime.range.lowerBound
    var last = ""
    while milliseconds <= InternetTime.range.upperBound {
      let text = InternetTime.text(milliseconds)
      if InternetTime.milliseconds(text) != milliseconds || text <= last {
        Issue.record("\(milliseconds) is \(text), behind \(last)")
        return
      }
      last = text
      milliseconds += 86_400_000 * 61 + 3_723_004
    }
    #expect(last.hasPrefix("9999-1"))
  }

  @Test(
    "Times that cannot be written are written as the nearest that can",
    arguments: [
      (Double.infinity, "9999-12-31T23:59:59.999Z"), (1e300, "9999-12-31T23:59:59.999Z"),
      (-1e300, "0000-01-01T00:00:00.000Z"),
      (-Double.infinity, "0000-01-01T00:00:00.000Z"), (.nan, "0000-01-01T00:00:00.000Z"),
      (0.0004, "1970-01-01T00:00:00.000Z"),
      (1_767_268_800.123, "2026-01-01T12:00:00.123Z"), (-0.001, "1969-12-31T23:59:59.999Z"),
    ])
  func extremes(seconds: Double, text: String) { #expect(TimeReference.iso8601(seconds) == text) }

  @Test(
    "Durations, in seconds; nil for what is none",
    arguments: [
      ("30", 30.0), ("30s", 30), ("250ms", 0.25), ("5m", 300), ("2h", 7200), ("7d", 604_800), ("1w", 604_800),
      ("1h30m", 5400),
      ("1.5h", 5400), ("1w2d3h4m5s6ms", 788_645.006), ("0", 0), ("0.0004s", 0), ("10000000000", 1e10), ("007s", 7),
      ("", nil), ("h", nil), ("1x", nil), ("2H", nil), ("1h ", nil), (" 1h", nil), ("1 h", nil), ("-1h", nil),
      ("+1h", nil), ("1h-1m", nil),
      (".5h", nil), ("5.h", nil), ("1.2.3h", nil), ("1e3s", nil), ("1m30", nil), ("30m1h", nil), ("1h1h", nil),
      ("10000000001", nil),
      ("99999999999999999999999w", nil), ("1é", nil), ("١h", nil), ("1hh", nil), ("nan", nil), ("inf", nil),
      (String(repeating: "9", count: 1_000_000) + "s", nil),
    ])
  func durations(text: String, seconds: Double?) {
    #expect(Duration(durationText: text)?.inSeconds == seconds)
  }

  @Test("A time is a duration ago or a moment")
  func references() {
    #expect(TimeReference("2h")?.seconds(now: 10_000) == 2800)
    #expect(TimeReference("1970-01-01T00:00:01.500Z")?.seconds(now: 10_000) == 1.5)
    #expect(TimeReference("5") == nil)
  }

  @Test(
    "A day, an hour and a weekday are by the clocks of the place, and lie behind",
    arguments: [
      // It is Thursday, 2026-01-01T00:30:00Z, and 02:30 on the clocks.
      ("today", "2025-12-31T22:00:00.000Z"), ("Yesterday", "2025-12-30T22:00:00.000Z"),
      ("02:30", "2026-01-01T00:30:00.000Z"), ("02:31", "2025-12-31T00:31:00.000Z"),
      ("2:29:59", "2026-01-01T00:29:59.000Z"),
      ("23:00", "2025-12-31T21:00:00.000Z"), ("thursday", "2025-12-31T22:00:00.000Z"),
      ("wed", "2025-12-30T22:00:00.000Z"), ("Friday", "2025-12-25T22:00:00.000Z"),
      ("MONDAY", "2025-12-28T22:00:00.000Z"),
    ])
  func local(text: String, expected: String) {
    let seconds = TimeReference(text)?.seconds(now: 1_767_227_400, zone: LocalZone { _ in 7200 })
    #expect(seconds.map { TimeReference.iso8601($0) } == expected)
  }

  @Test("Midnight is that of the day, also where the clocks are changed on it")
  func clocksChanged() {
    // One hour ahead of UTC from 2026-03-29T01:00:00Z on.
    let zone = LocalZone { $0 < 1_774_746_000 ? 0 : 3600 }
    #expect(TimeReference("today")?.seconds(now: 1_774_780_000, zone: zone) == 1_774_742_400)
    #expect(TimeReference("12:00")?.seconds(now: 1_774_785_600, zone: zone) == 1_774_782_000)
    #expect(TimeReference("yesterday")?.seconds(now: 1_774_880_000, zone: zone) == 1_774_742_400)
  }
}
