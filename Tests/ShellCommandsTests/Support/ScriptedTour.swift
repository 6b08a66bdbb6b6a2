import Interpreter
import ShellCommands

/// Notes where the tour is to begin.
final class ScriptedTour: TourGuide {
  private(set) var begun: [Int] = []

  func begin(at step: Int) throws(Failure) { begun.append(step) }
}
