import Basics

/// What the lines of a journal come to: for each item, how far it has come. A state machine without any input or output.
///
/// The items are those that the file told of when the run began. Of those that the run meets only that is remembered.
struct JournalLedger {
  enum State: UInt8, Sendable, CaseIterable {
    /// Nothing was sent, or what was sent was certainly not served.
    case unsent
    /// Its request was about to go out, and no end is known.
    case open
    case done
    case refused
    case failed
    case unknown
  }

  /// What a run is to do with an item that it meets.
  enum ResumeState: Sendable, Hashable {
    /// Nothing was done for it yet.
    case new
    /// An earlier run has begun it, and nobody knows how that ended.
    case open
    /// An earlier run has done with it.
    case ended(State)
    /// This run has met it before.
    case again
  }

  /// Why a line cannot follow those before it.
  enum Defect: Error, Hashable {
    case beginsAgain(String)
    case endsWithoutBeginning(String)
  }

  private var names = IdentifierTable()
  private var states: [State] = []
  /// Where the last line stands with which each item begins, and the last one with which it ends.
  private var beginnings: [Int] = []
  private var endings: [Int] = []
  /// The names that this run has met.
  private var met = FingerprintSet()

  var count: Int { names.count }

  func name(_ number: Int) -> String { names[number] }
  func state(_ number: Int) -> State { states[number] }
  func beginning(_ number: Int) -> Int { beginnings[number] }
  func ending(_ number: Int) -> Int { endings[number] }
  func number(of name: String) -> Int? { names.number(of: name) }

  /// Takes the next line.
  /// - Parameter place: where it stands.
  mutating func note(_ record: JournalRecord, at place: Int) throws(Defect) {
    switch record {
    case .header, .run: break
    case .begin(let name, _):
      let number = insert(name)
      // What is done is not begun again, and what is open is looked at first.
      guard states[number] != .open, states[number] != .done else { throw .beginsAgain(name) }
      states[number] = .open
      beginnings[number] = place
    case .end(let name, let end):
      guard let number = names.number(of: name), states[number] == .open else { throw .endsWithoutBeginning(name) }
      states[number] = State(end.kind)
      endings[number] = place
    }
  }

  /// - Parameter redoing: what is done anew, although it has ended.
  mutating func lookUp(_ name: String, redoing: Set<State> = []) -> ResumeState {
    guard met.insert(name) else { return .again }
    guard let number = names.number(of: name) else { return .new }
    return switch states[number] {
    case .unsent: .new
    case .open: .open
    case let state: redoing.contains(state) ? .new : .ended(state)
    }
  }

  /// Whether this run has met an item of the name.
  func hasMet(_ name: String) -> Bool { met.contains(name) }

  func count(_ state: State) -> Int { states.count { $0 == state } }

  private mutating func insert(_ name: String) -> Int {
    let (number, isNew) = names.insert(name)
    if isNew {
      states.append(.unsent)
      beginnings.append(0)
      endings.append(0)
    }
    return number
  }
}

extension JournalLedger.State {
  init(_ kind: Outcome.Kind) {
    self =
      switch kind {
      case .done: .done
      case .refused: .refused
      case .failed: .failed
      case .unknown: .unknown
      case .unsent: .unsent
      }
  }

  var word: String {
    switch self {
    case .unsent: "unsent"
    case .open: "open"
    case .done: "done"
    case .refused: "refused"
    case .failed: "failed"
    case .unknown: "unknown"
    }
  }
}
