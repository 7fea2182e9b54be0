import Foundation
import Media
import Speech

/// Takes requests from standard input one by one until it ends, which it does when the program
/// that wrote them is gone.
struct WorkerLoop {
  /// Far more than anything here needs; what a mistake in a library may take at most.
  private static let memoryBytesMax: UInt = 2 << 30
  private static let alarmSpareSeconds = 5

  let faculties: Faculties

  func run() {
    Self.closeInherited()
    Self.limitResources()
    let pipe = FramePipe(input: STDIN_FILENO, output: STDOUT_FILENO)
    do throws(WorkerFrame.Fault) {
      while true {
        let (request, body) = try pipe.receive(WorkerRequest.self)
        // Who asked ends this process when it is late; the alarm is for when nobody is left.
        alarm(UInt32(clamping: request.deadlineMs / 1_000 + Self.alarmSpareSeconds))
        let (outcome, sound) = WorkerBench(faculties: faculties).outcome(of: request.task, body)
        try pipe.send(
          WorkerAnswer(number: request.number, outcome: outcome), body: sound)
        alarm(0)
      }
    } catch .ended {
      return
    } catch {
      exit(1)
    }
  }

  /// Whatever the program that started this one has open is none of our business.
  private static func closeInherited() {
    // Without this list there is nothing known to close.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    for descriptor in names.compactMap(Int32.init) where descriptor > STDERR_FILENO {
      close(descriptor)
    }
  }

  private static func limitResources() {
    var memory = rlimit(rlim_cur: memoryBytesMax, rlim_max: memoryBytesMax)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &memory)
    // What was in memory when it crashed is somebody's voice.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }
}
