import Basics

/// Runs the tasks that prefer it on the thread that calls `run`.
///
/// An asynchronous `main` leaves the main thread idle and starts threads of a pool instead, one for each task that is ready:
/// `mittr -c null` took five where it takes one now. What prefers no executor still runs in the pool, and so does a script that
/// calls anything: see `Session.evaluate`.
final class MainThreadExecutor: TaskExecutor, @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let hasJobs = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // Behind the lock.
  private var jobs: [UnownedJob] = []
  private var hasEnded = false

  init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(hasJobs, nil)
  }

  deinit {
    pthread_cond_destroy(hasJobs)
    pthread_mutex_destroy(lock)
    hasJobs.deallocate()
    lock.deallocate()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    locked { jobs.append(job) }
  }

  /// Runs what comes, until `end` was called.
  func run() {
    while let ready = next() {
      for job in ready { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
  }

  /// Lets `run` return, once it has done what it has.
  func end() { locked { hasEnded = true } }

  /// Waits for jobs; nil when there are none and none will come.
  private func next() -> [UnownedJob]? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while jobs.isEmpty {
      if hasEnded { return nil }
      pthread_cond_wait(hasJobs, lock)
    }
    defer { jobs = [] }
    return jobs
  }

  private func locked(_ body: () -> Void) {
    pthread_mutex_lock(lock)
    body()
    pthread_cond_signal(hasJobs)
    pthread_mutex_unlock(lock)
  }
}
