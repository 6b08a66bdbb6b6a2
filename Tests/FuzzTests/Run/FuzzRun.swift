import Foundation
import Synchronization

/// One run of a target: hands out chance, keeps the input at hand in a file, and watches over time and memory.
///
/// What every input does follows from the seed and its number alone.
final class FuzzRun: Sendable {
  private struct State {
    var cases = 0
    var inputs = 0
    /// How long the input at hand has taken; nil between inputs.
    var taken: Duration?
    var isOver = false
    var mostMemory = 0
  }

  private let target: String
  private let inputs: Int
  private let start = ContinuousClock.now
  private let memoryAtStart = ProcessMemory.resident
  private let file: FuzzCaseFile
  private let state = Mutex(State())

  /// - Parameter inputs: how many are run, unless `scripts/fuzz` says how long.
  init(_ target: String, inputs: Int) {
    self.target = target
    self.inputs = inputs
    file = FuzzCaseFile(target)
    let watcher = Thread { [self] in watch() }
    watcher.start()
  }

  /// The chance for the next case; nil when the run is over.
  func next() -> FuzzRandom? {
    state.withLock { state in
      state.taken = nil
      let isOver =
        FuzzSettings.seconds.map { start.duration(to: .now) >= .seconds($0) } ?? (state.inputs >= inputs)
      guard !isOver else { return nil }
      state.cases += 1
      return FuzzRandom(seed: FuzzSettings.seed, case: state.cases)
    }
  }

  /// Notes an input that is about to be tried, so that it is on file when the process ends with it.
  func begin(_ input: [UInt8]) {
    file.write(input)
    state.withLock { $0.taken = .zero }
  }

  /// Counts what was tried.
  func count(_ inputs: Int) { state.withLock { $0.inputs += inputs } }

  /// Ends the run, which must be called. It tells what was done.
  func end() {
    let state = state.withLock { state in
      state.isOver = true
      return state
    }
    file.remove()
    tell("\(state.inputs) inputs in \(elapsed) s, \(state.mostMemory >> 20) MiB more than at the start at most")
  }

  /// Why an input is a finding. The input stays on file.
  func failure(_ what: String) -> FuzzFailure {
    state.withLock { $0.isOver = true }
    return FuzzFailure("\(target): \(what), with seed \(FuzzSettings.seed); the input is in \(file.path)")
  }

  private var elapsed: Int64 { start.duration(to: .now).components.seconds }

  /// Time is what the processor spent on the process, and what the process spent waiting: a process that does not get to
  /// run on a busy machine does not hang.
  private func watch() {
    var processorTime = Self.processorTime
    while true {
      usleep(100_000)
      let memory = ProcessMemory.resident - memoryAtStart
      let spent = Self.processorTime - processorTime
      processorTime += spent
      let isIdle = spent < .milliseconds(2)
      let (isOver, taken) = state.withLock { state in
        state.mostMemory = max(state.mostMemory, memory)
        state.taken = state.taken.map { $0 + (isIdle ? .milliseconds(100) : spent) }
        return (state.isOver, state.taken ?? .zero)
      }
      guard !isOver else { return }
      if memory > FuzzSettings.memoryLimit { giveUp("\(memory >> 20) MiB of memory were taken") }
      if taken > .seconds(FuzzSettings.patience) { giveUp("no end came within \(FuzzSettings.patience) s") }
    }
  }

  private static var processorTime: Duration { .seconds(Double(clock()) / Double(CLOCKS_PER_SEC)) }

  /// Nothing that hangs can be ended from inside, but the process can.
  private func giveUp(_ what: String) -> Never {
    tell("\(what), with seed \(FuzzSettings.seed); the input is in \(file.path)")
    abort()
  }

  private func tell(_ text: String) {
    FileHandle.standardError.write(Data("fuzz: \(target): \(text)\n".utf8))
  }
}

/// A finding, or something that the run itself needs and cannot have.
struct FuzzFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
