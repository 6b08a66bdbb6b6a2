/// What was begun in one order and ends in another: it leaves in the order in which it was begun.
package struct ReorderWindow<Value> {
  private var slots: [Value?] = []
  /// How many slots at the front have left already.
  private var head = 0
  /// The number of the first slot.
  private var first = 0

  package init() {}

  package var count: Int { slots.count - head }
  package var isEmpty: Bool { count == 0 }

  /// - Returns: the new one's number.
  package mutating func begin() -> Int {
    slots.append(nil)
    return first + slots.count - 1
  }

  package mutating func end(_ number: Int, _ value: Value) { slots[number - first] = value }

  /// The value of the first one; nil as long as it has not ended.
  package mutating func popFirst() -> Value? {
    guard head < slots.count, let value = slots[head] else { return nil }
    slots[head] = nil
    head += 1
    if head * 2 > slots.count {
      slots.removeFirst(head)
      first += head
      head = 0
    }
    return value
  }
}
