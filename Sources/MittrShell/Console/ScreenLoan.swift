/// Somebody has the whole screen, and lets others have it for a while: for a question.
struct ScreenLoan: Sendable {
  let giveBack: @Sendable () -> Void
  let takeAgain: @Sendable () -> Void
}
