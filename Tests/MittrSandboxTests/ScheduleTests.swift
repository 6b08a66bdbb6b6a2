import Testing

@testable import MittrSandbox

@Suite("Times, schedules and limits")
struct ScheduleTests {
  @Test("the platform's schedule is 1 s, 5 s, 30 s, 2 m, 10 m, 30 m, 1 h, 2 h, 6 h, 24 h")
  func standard() {
    let seconds = (1...12).map {
      RetrySchedule.standard.delayMilliseconds(afterAttempt: $0, jitter: 0, timeScale: 1) / 1000
    }
    #expect(seconds == [1, 5, 30, 120, 600, 1800, 3600, 7200, 21_600, 86_400, 86_400, 86_400])
  }

  @Test("jitter lengthens or shortens a wait and the time scale divides it, to no less than a millisecond")
  func jitterAndScale() {
    let schedule = RetrySchedule.standard
    #expect(schedule.delayMilliseconds(afterAttempt: 1, jitter: 0.1, timeScale: 1) == 1100)
    #expect(schedule.delayMilliseconds(afterAttempt: 1, jitter: -0.1, timeScale: 1) == 900)
    #expect(schedule.delayMilliseconds(afterAttempt: 2, jitter: 0, timeScale: 100) == 50)
    #expect(schedule.delayMilliseconds(afterAttempt: 1, jitter: 0, timeScale: 1_000_000) == 1)
  }

  @Test("an endpoint's own schedule multiplies up to its maximum")
  func exponential() {
    let schedule = RetrySchedule.exponential(firstMilliseconds: 100, maximumMilliseconds: 1000, multiplier: 3)
    let delays = (1...5).map { schedule.delayMilliseconds(afterAttempt: $0, jitter: 0, timeScale: 1) }
    #expect(delays == [100, 300, 900, 1000, 1000])
    #expect(schedule.delayMilliseconds(afterAttempt: .max, jitter: 0, timeScale: 1) == 1000)
  }

  @Test("a schedule that never grows takes no longer for a high attempt", .timeLimit(.minutes(1)))
  func constant() {
    let schedule = RetrySchedule.exponential(firstMilliseconds: 100, maximumMilliseconds: 1000, multiplier: 1)
    #expect(schedule.delayMilliseconds(afterAttempt: 25, jitter: 0, timeScale: 1) == 100)
  }

  @Test("a window admits its limit, then refuses until a second after its first request")
  func rateLimiter() {
    let limiter = RateLimiter(limit: 2)
    let start = ContinuousClock.now
    func admit(_ milliseconds: Int) -> RateLimiter.Decision { limiter.admit(at: start + .milliseconds(milliseconds)) }
    #expect(admit(0) == .init(isAdmitted: true, limit: 2, remaining: 1))
    #expect(admit(500) == .init(isAdmitted: true, limit: 2, remaining: 0))
    #expect(admit(999) == .init(isAdmitted: false, limit: 2, remaining: 0))
    #expect(admit(1000) == .init(isAdmitted: true, limit: 2, remaining: 1))
    #expect(admit(1999) == .init(isAdmitted: true, limit: 2, remaining: 0))
    #expect(admit(2000) == .init(isAdmitted: true, limit: 2, remaining: 1))
  }

  @Test(
    "ISO 8601 texts mean the time they say",
    arguments: [
      ("1970-01-01", 0), ("1970-01-01T00:00:00.001Z", 1), ("1969-12-31T23:59:59.999Z", -1),
      ("2026-01-31T08:05:09.12Z", 1_769_846_709_120), ("2026-01-31T10:05:09.1200009+02:00", 1_769_846_709_120),
      ("2026-01-31 08:05Z", 1_769_846_700_000), ("2026-01-30t22:05:00-10:00", 1_769_846_700_000),
      ("2024-02-29", 1_709_164_800_000), ("2000-02-29", 951_782_400_000), ("1900-03-01", -2_203_891_200_000),
      ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("0000-01-01", -62_167_219_200_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ])
  func timestamps(text: String, milliseconds: Int64) throws {
    let time = try #require(Timestamp(iso8601: text))
    #expect(time.milliseconds == milliseconds)
    #expect(Timestamp(iso8601: time.description) == time)
  }

  @Test(
    "other texts are no times",
    arguments: [
      "", "2026", "2026-1-31", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-31T",
      "2026-01-31T08:05",
      "2026-01-31T24:00Z", "2026-01-31T08:60Z", "2026-01-31T08:05:60Z", "2026-01-31T08:05:09.Z", "2026-01-31T08:05Zx",
      "2026-01-31T08:05+2:00", "+026-01-31", "２０２６-01-31", "0000-01-01T00:00+00:01", "9999-12-31T23:59-01:00",
    ])
  func notTimestamps(text: String) {
    #expect(Timestamp(iso8601: text) == nil)
  }

  @Test("every day of 800 years is written and read alike")
  func calendar() {
    var previous = ""
    for day in 0..<292_194 {
      let time = Timestamp(milliseconds: (Int64(day) - 146_097) * 86_400_000)
      let text = time.description
      #expect(text > previous && Timestamp(iso8601: text) == time)
      previous = text
    }
    #expect(previous == "2369-12-31T00:00:00.000Z")
  }
}
