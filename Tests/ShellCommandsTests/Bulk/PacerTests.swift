import Testing

@testable import MittrSDK
@testable import ShellCommands

@Suite("When requests go out")
struct PacerTests {
  @Test("a request is held back by nothing at first")
  func free() {
    var pacer = Pacer()
    for _ in 1...100 {
      #expect(pacer.admission(at: .zero) == .now)
      pacer.take(at: .zero)
    }
  }

  @Test("a server that asks to wait holds all requests back, and the longest wait counts")
  func asked() {
    var pacer = Pacer()
    #expect(pacer.limited(0, retryAfter: .seconds(5), at: .seconds(1)) == .wait)
    #expect(pacer.limited(0, retryAfter: .seconds(3), at: .seconds(2)) == .wait)
    #expect(pacer.admission(at: .seconds(2)) == .at(.seconds(6)))
    #expect(pacer.asked(at: .seconds(4)) == .seconds(2))
    #expect(pacer.admission(at: .seconds(6)) == .now)
    #expect(pacer.asked(at: .seconds(6)) == nil)
  }

  @Test("refusals of what was sent before the pause belong to it: they are one round")
  func oneRound() {
    var pacer = Pacer()
    for _ in 1...64 { #expect(pacer.limited(0, retryAfter: nil, at: .zero) == .wait) }
    // The first backoff, not the sixty-fourth.
    #expect(pacer.admission(at: .zero) == .at(.seconds(1)))
  }

  @Test(
    "a refusal that waiting does not clear ends after so many rounds",
    arguments: [(Duration?.none, Pacer.roundsUnasked), (.some(.seconds(1)), Pacer.roundsAsked)])
  func endless(retryAfter: Duration?, rounds: Int) {
    var pacer = Pacer()
    var now = Duration.zero
    for _ in 1...rounds {
      #expect(pacer.limited(pacer.generation, retryAfter: retryAfter, at: now) == .wait)
      if case .at(let time) = pacer.admission(at: now) { now = time }
    }
    #expect(pacer.limited(pacer.generation, retryAfter: retryAfter, at: now) == .giveUp)
  }

  @Test("an answer in between begins the count anew")
  func anew() {
    var pacer = Pacer()
    var now = Duration.zero
    for _ in 1...100 {
      #expect(pacer.limited(pacer.generation, retryAfter: nil, at: now) == .wait)
      if case .at(let time) = pacer.admission(at: now) { now = time }
      pacer.take(at: now)
      pacer.answered(pacer.generation)
    }
  }

  @Test("an answer to something sent long before does not begin the count anew")
  func late() {
    var pacer = Pacer()
    for round in 0..<Pacer.roundsUnasked {
      #expect(pacer.limited(round, retryAfter: nil, at: .zero) == .wait)
      pacer.answered(round - 1)
    }
    #expect(pacer.limited(pacer.generation, retryAfter: nil, at: .zero) == .giveUp)
  }

  @Test("where some are served and one is refused in every round, the run goes on")
  func one() {
    var pacer = Pacer()
    for round in 0..<50 {
      #expect(pacer.limited(round, retryAfter: nil, at: .zero) == .wait)
      pacer.answered(round)
    }
  }

  @Test("after a second refusal in a row one request alone finds out whether it goes on")
  func probe() {
    var pacer = Pacer()
    _ = pacer.limited(0, retryAfter: .seconds(1), at: .zero)
    pacer.take(at: .seconds(1))
    #expect(pacer.admission(at: .seconds(1)) == .now)
    _ = pacer.limited(1, retryAfter: .seconds(1), at: .seconds(1))
    #expect(pacer.admission(at: .seconds(2)) == .now)
    pacer.take(at: .seconds(2))
    #expect(pacer.admission(at: .seconds(2)) == .afterAnswer)
    pacer.answered(pacer.generation)
    #expect(pacer.admission(at: .seconds(2)) == .now)
  }

  @Test("no pause is longer than ten minutes: a server that asks for more ends the run")
  func longest() {
    var pacer = Pacer()
    #expect(pacer.limited(0, retryAfter: Pacer.longestPause, at: .zero) == .wait)
    #expect(pacer.limited(1, retryAfter: Pacer.longestPause + .seconds(1), at: .zero) == .giveUp)
  }

  @Test("a server that was never reached is given up sooner than one that was")
  func unreached() {
    func rounds(_ pacer: Pacer) -> Int {
      var pacer = pacer
      var rounds = 0
      while pacer.unreached(pacer.generation, at: .zero) == .wait { rounds += 1 }
      return rounds
    }
    var known = Pacer()
    known.answered(0)
    #expect(rounds(Pacer()) == Pacer.roundsUnreached.first)
    #expect(rounds(known) == Pacer.roundsUnreached.later)
  }

  @Test("--rate: never more than so many in any time of that length", arguments: ["1/s", "7/s", "90/m", "500/s"])
  func rate(text: String) throws {
    let rate = try #require(Rate(text))
    var generator = SplitMix(seed: 7)
    for _ in 1...20 {
      var pacer = Pacer(interval: rate.interval)
      var now = Duration.zero
      var sent: [Duration] = []
      while sent.count < min(rate.count * 3, 600) {
        switch pacer.admission(at: now) {
        case .now:
          pacer.take(at: now)
          sent.append(now)
        // Timers come late, now and then by much.
        case .at(let time):
          let late = generator.next() % 10 == 0 ? Int(generator.next() % 2000) : Int(generator.next() % 3)
          now = time + .milliseconds(late)
        case .afterAnswer: Issue.record("nothing is under way")
        }
      }
      // What is sent within one time's length may be one more than the rate, at both of its ends, and what is caught up.
      let bound = rate.count + 1 + Int(.milliseconds(20) / rate.interval)
      var first = 0
      for last in sent.indices {
        while sent[last] - sent[first] >= rate.unit.length { first += 1 }
        #expect(last - first + 1 <= bound)
      }
    }
  }

  @Test("what the server says of its limit is never run against")
  func budget() {
    var generator = SplitMix(seed: 3)
    for limit in [1, 5, 40, 1000] {
      var pacer = Pacer()
      var (now, windowStart, used, total) = (Duration.seconds(100), Duration.seconds(100), 0, 0)
      while total < limit * 4 {
        switch pacer.admission(at: now) {
        case .now:
          if now - windowStart >= .seconds(10) { (windowStart, used) = (now, 0) }
          used += 1
          total += 1
          #expect(used <= limit, "limit \(limit)")
          pacer.take(at: now)
          let end = windowStart + .seconds(10)
          pacer.heard(
            .init(limit: limit, remaining: limit - used, reset: Int(end / .seconds(1)), left: end - now), inFlight: 0,
            at: now)
          now += .milliseconds(Int(generator.next() % 20))
        case .at(let time): now = time
        case .afterAnswer: Issue.record("nothing is under way")
        }
      }
      // Four windows of ten seconds, and the last one need not be used up to its end.
      #expect(now - .seconds(100) < .seconds(45), "limit \(limit)")
    }
  }

  @Test("as long as much of the window is left, nothing is slowed")
  func plenty() {
    var pacer = Pacer()
    pacer.heard(.init(limit: 1000, remaining: 500, left: .seconds(60)), inFlight: 8, at: .zero)
    #expect(pacer.admission(at: .zero) == .now)
    pacer.take(at: .zero)
    #expect(pacer.admission(at: .zero) == .now)
  }

  @Test("nonsense about the limit changes nothing", arguments: [Duration.zero, .seconds(-5), .seconds(1 << 40)])
  func nonsense(left: Duration) {
    var pacer = Pacer()
    pacer.heard(.init(limit: 0, remaining: -3, left: left), inFlight: 0, at: .zero)
    #expect(pacer.admission(at: .zero) == .now)
  }

  @Test(
    "a rate is a number and a unit", arguments: ["", "5", "/s", "0/s", "-1/s", "5/x", "5/s/m", "1.5/s", "1000000/s"])
  func badRate(text: String) { #expect(Rate(text) == nil) }
}

/// Numbers that are the same in each run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
