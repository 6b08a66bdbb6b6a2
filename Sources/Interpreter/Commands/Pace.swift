/// Lets long work end when it is cancelled.
enum Pace {
  /// To be called at each step with its number; every some thousand steps it asks whether anybody still wants the result.
  static func check(_ step: Int) throws(Interruption) {
    if step & 0xFFF == 0xFFF, Task.isCancelled { throw .cancelled }
  }
}
