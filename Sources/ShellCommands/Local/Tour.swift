public import Interpreter

/// The first steps of a person who has never used the shell, each a statement that runs on the sandbox.
public enum Tour {
  public struct Step: Sendable {
    /// What is to be seen, in a sentence or two.
    public let text: String
    public let script: String
  }

  public static let steps: [Step] = [
    Step(
      text: "Events are what an application sent. These could not be delivered.",
      script: "events list --status failed | first 5 | select id eventType attempts"),
    Step(
      text: "A pipe hands the items on. --all walks every page: why did they fail?",
      script: "events list --status failed --all | count-by .lastError"),
    Step(
      text: "A variable holds a result, and a path goes into it. Tab completes both.",
      script: "let event = events list --status failed | first 1 | one; $event.payload.customer"),
    Step(
      text: "Whatever changes something can be tried first: --dry-run only tells.",
      script: "events list --status failed | first 3 | replay --dry-run"),
    Step(
      text: "And now deliver three of them again. The shell asks first: y does it.",
      script: "events list --status failed | first 3 | replay | select id ok"),
    Step(
      text: "Endpoints are where events go. One fails so often that its circuit is open.",
      script: "endpoints list | select url enabled circuitState"),
    Step(
      text: "Send an event of your own. Any JSON is a payload, quoted or not.",
      script: #"events send order.created {orderId: "ord_1", amount: 9900} | select id eventType"#),
    Step(
      text: "Everything else is in help: a command, or a word for what you look for.",
      script: "help again"),
  ]
}

/// Plays the tour at the prompt: a seam that an interactive host fills in.
public protocol TourGuide: AnyObject {
  /// Begins it once the current line is done.
  /// - Parameter step: 1 is the first.
  /// - Throws: a failure where it cannot be played: on a server that is no sandbox nothing is tried.
  func begin(at step: Int) throws(Failure)
}

/// Where a session keeps it; there is none in a script.
public enum TourGuideKey: SessionKey {
  public typealias Value = any TourGuide
}
