import Foundation

/// One thread with one child process: takes what waits, has it done, and starts the child again
/// when it hangs or dies.
struct WorkerLane {
  private static let attemptsMax = 2

  private let queue: WorkerQueue
  private let program: String
  private let limits: SpeechWorker.Limits
  private var process: WorkerProcess?
  private var number = 0

  init(queue: WorkerQueue, program: String, limits: SpeechWorker.Limits) {
    self.queue = queue
    self.program = program
    self.limits = limits
  }

  mutating func run() {
    Self.ignoreBrokenPipes()
    repeat {
      var tellLast: () -> Void = {}
      while let job = queue.next(after: tellLast) {
        let outcome = outcome(of: job)
        tellLast = { job.finish(outcome) }
      }
      endProcess()
    } while !queue.leave()
  }

  private mutating func outcome(of job: WorkerQueue.Job) -> Result<WorkerReply, SpeechFault> {
    guard ContinuousClock.now < job.beginBy else { return .failure(.busy) }
    for _ in 0..<Self.attemptsMax {
      do throws(WorkerFrame.Fault) {
        let reply = try attempt(job)
        if case .fault(let fault) = reply.outcome { return .failure(fault) }
        return .success(reply)
      } catch {
        endProcess()
        if queue.isClosed { return .failure(.unavailable) }
        switch error {
        case .late: return .failure(.tookTooLong)
        case .tooLarge where job.body.count > WorkerFrame.bodyBytesMax:
          return .failure(.media(.tooLarge))
        case .ended, .tooLarge, .unreadable: continue
        }
      }
    }
    return .failure(canStart ? .worker : .unavailable)
  }

  private var canStart: Bool { FileManager.default.isExecutableFile(atPath: program) }

  private mutating func attempt(
    _ job: WorkerQueue.Job
  ) throws(WorkerFrame.Fault) -> WorkerReply {
    let process = try startedProcess()
    number += 1
    let request = WorkerRequest(number: number, deadlineMs: limits.deadlineMs, task: job.task)
    let answer = try process.answer(
      request, body: job.body, until: .now + .milliseconds(limits.deadlineMs))
    return WorkerReply(outcome: answer.head.outcome, body: answer.body)
  }

  private mutating func startedProcess() throws(WorkerFrame.Fault) -> WorkerProcess {
    if let process { return process }
    let started: WorkerProcess
    do { started = try WorkerProcess(program: program) } catch { throw .ended }
    process = started
    guard queue.began(started.id) else { throw .ended }
    return started
  }

  private mutating func endProcess() {
    guard let process else { return }
    queue.ending(process.id)
    WorkerProcess.kill(process.id)
    WorkerProcess.reap(process.id)
    self.process = nil
  }

  /// A child that is gone is told by the write, not by a signal.
  private static func ignoreBrokenPipes() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
