/// A pipe whose ends no child inherits by accident: a copy of one would keep the other side waiting.
package struct SystemPipe {
  package let readEnd: Int32
  package let writeEnd: Int32

  /// - Throws: why the system refuses one.
  package init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError(errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  /// Makes reading or writing at an end of this process's own never wait. A child's end, which is another, waits as ever.
  package static func setNonBlocking(_ end: Int32) { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
}
