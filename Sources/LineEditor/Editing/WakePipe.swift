import Basics

/// Wakes the editor's thread, which otherwise waits for the user alone. Writing is safe from any thread and from signal
/// handlers.
struct WakePipe: Sendable {
  let readEnd: Int32
  let writeEnd: Int32

  init() throws(LineEditorError) {
    let ends: SystemPipe
    do throws(SystemError) { ends = try SystemPipe() } catch { throw .unavailable("no pipe: \(error.text)") }
    (readEnd, writeEnd) = (ends.readEnd, ends.writeEnd)
    for end in [readEnd, writeEnd] { SystemPipe.setNonBlocking(end) }
  }

  /// A full pipe refuses the byte, and wakes its reader all the same.
  func wake() { _ = write(writeEnd, [1], 1) }

  func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(readEnd, &bytes, bytes.count) > 0 {}
  }

  /// Waits until `wake` was called, or until `descriptor` has something to read.
  func wait(orFor descriptor: Int32? = nil) -> (woken: Bool, readable: Bool) {
    var descriptors = [pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)]
    if let descriptor { descriptors.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)) }
    guard poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { return (false, false) }
    // Whatever happened to the descriptor, its end included, is for the one who reads it to find out.
    return (descriptors[0].revents != 0, descriptors.count > 1 && descriptors[1].revents != 0)
  }

  func close() {
    _ = closeDescriptor(readEnd)
    _ = closeDescriptor(writeEnd)
  }
}

/// `close` of the C library, by a name that the method does not hide.
private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
